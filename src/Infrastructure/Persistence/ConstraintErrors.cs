using Shop.Domain.Carts;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Coupons;
using Shop.Domain.Payments;
using Shop.Domain.Reviews;
using Shop.Domain.Users;

namespace Shop.Infrastructure.Persistence;

/// <summary>The friendly message behind each constraint that a request can break.</summary>
internal static class ConstraintErrors
{
    public const string Username = "ux_users_username";
    public const string Email = "ux_users_email";
    public const string Sku = "ux_products_sku";
    public const string ProductStock = "ck_products_stock";
    public const string ProductCategory = "fk_products_category_id";
    public const string CategoryParent = "fk_categories_parent_id";
    public const string CategoryName = "ux_categories_parent_id_name";
    public const string TopCategoryName = "ux_categories_name";
    /// <summary>Broken by who opens a user's cart at the same moment as another; there is one when that is repeated.</summary>
    public const string OpenCart = "ux_carts_user_id";

    /// <summary>Broken by who puts a line into a cart that is removed at the same moment; there is none when that is repeated.</summary>
    public const string CartOfLine = "fk_cart_items_cart_id";

    public const string OrderUser = "fk_orders_user_id";
    public const string OrderCart = "ux_orders_cart_id";
    public const string OrderItemProduct = "fk_order_items_product_id";
    public const string CouponCode = "ux_coupons_code";
    public const string LivePayment = "ux_payments_live";
    public const string Review = "ux_reviews_user_id_product_id";

    private static readonly Dictionary<string, Error> Errors = new()
    {
        [Username] = UserErrors.UsernameTaken,
        [Email] = UserErrors.EmailTaken,
        [Sku] = ProductErrors.SkuTaken,
        [ProductCategory] = CategoryErrors.Unknown,
        [CategoryParent] = CategoryErrors.UnknownParent,
        [ProductStock] = ProductErrors.TooMuchStock,
        [CategoryName] = CategoryErrors.NameTaken,
        [TopCategoryName] = CategoryErrors.NameTaken,
        [OrderUser] = UserErrors.Unknown,
        [OrderCart] = CartErrors.Empty,
        [OrderItemProduct] = ProductErrors.Unknown,
        [CouponCode] = CouponErrors.CodeTaken,
        [LivePayment] = PaymentErrors.InProgress,
        [Review] = ReviewErrors.AlreadyReviewed,
    };

    private static readonly Dictionary<string, Error> ErrorsOfRemoval = new()
    {
        [ProductCategory] = CategoryErrors.InUse,
        [CategoryParent] = CategoryErrors.InUse,
    };

    /// <summary>The constraints that a request can break.</summary>
    public static IReadOnlyCollection<string> Names => Errors.Keys;

    /// <summary>The refusal that belongs to a broken constraint; null for one that no request can break.</summary>
    /// <param name="constraint">Its name, or null.</param>
    /// <param name="removing">Whether a removal broke it: a foreign key breaks from both of its ends.</param>
    public static Error? Of(string? constraint, bool removing) =>
        constraint is null ? null : (removing ? ErrorsOfRemoval : Errors).GetValueOrDefault(constraint);
}
