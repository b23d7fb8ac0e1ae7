using Shop.Domain.Carts;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Reviews;
using Shop.Domain.Users;

namespace Shop.Infrastructure.Persistence;

/// <summary>The friendly message behind each constraint that a request can break.</summary>
internal static class ConstraintErrors
{
    public const string Username = "ux_users_username";
    public const string Email = "ux_users_email";
    public const string Stock = "ck_products_stock";
    public const string Sku = "ux_products_sku";
    public const string ProductCategory = "fk_products_category_id";
    public const string CategoryParent = "fk_categories_parent_id";
    public const string CategoryName = "ux_categories_parent_id_name";
    public const string TopCategoryName = "ux_categories_name";
    public const string OrderUser = "fk_orders_user_id";
    public const string OrderCart = "ux_orders_cart_id";
    public const string OrderItemProduct = "fk_order_items_product_id";
    public const string Review = "ux_reviews_user_id_product_id";

    private static readonly Dictionary<string, Error> Errors = new()
    {
        [Username] = UserErrors.UsernameTaken,
        [Email] = UserErrors.EmailTaken,
        [Stock] = ProductErrors.StockFull,
        [Sku] = ProductErrors.SkuTaken,
        [ProductCategory] = CategoryErrors.InUse,
        [CategoryParent] = CategoryErrors.InUse,
        [CategoryName] = CategoryErrors.NameTaken,
        [TopCategoryName] = CategoryErrors.NameTaken,
        [OrderUser] = UserErrors.Unknown,
        [OrderCart] = CartErrors.Empty,
        [OrderItemProduct] = ProductErrors.Unknown,
        [Review] = ReviewErrors.AlreadyReviewed,
    };

    public static Error? Of(string? constraint) => constraint is null ? null : Errors.GetValueOrDefault(constraint);
}
