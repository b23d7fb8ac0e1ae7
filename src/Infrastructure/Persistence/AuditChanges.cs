using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Coupons;
using Shop.Domain.Orders;
using Shop.Domain.Payments;
using Shop.Domain.Users;
using Shop.Domain.Webhooks;

namespace Shop.Infrastructure.Persistence;

/// <summary>
/// What the audit log tells of a change. Values are told of the fields named here alone; of all others, which may be personal or secret,
/// only that they changed: the log can't be emptied when a person is erased.
/// </summary>
internal static class AuditChanges
{
    private static readonly Dictionary<Type, string[]> Told = new()
    {
        [typeof(Product)] =
        [
            nameof(Product.Sku), nameof(Product.Name), nameof(Product.Price), nameof(Product.CategoryId), nameof(Product.ImageUrl), nameof(Product.Stock),
            nameof(Product.SellerId), nameof(Product.DeletedAt),
        ],
        [typeof(Category)] = [nameof(Category.Name), nameof(Category.ParentId)],
        [typeof(Coupon)] =
        [
            nameof(Coupon.Code), nameof(Coupon.Percent), nameof(Coupon.Amount), nameof(Coupon.MaxUses), nameof(Coupon.MaxUsesPerUser),
            nameof(Coupon.MinSubtotal), nameof(Coupon.StartsAt), nameof(Coupon.EndsAt), nameof(Coupon.DeletedAt),
        ],
        [typeof(Order)] =
        [
            nameof(Order.UserId), nameof(Order.Status), nameof(Order.CancelReason), nameof(Order.Subtotal), nameof(Order.Discount), nameof(Order.Shipping),
            nameof(Order.Tax), nameof(Order.Total), nameof(Order.CouponCode), nameof(Order.PlacedAt), nameof(Order.PaidAt),
        ],
        [typeof(User)] = [nameof(User.ErasedAt)],
        [typeof(WebhookSubscription)] = [nameof(WebhookSubscription.EventTypes), nameof(WebhookSubscription.IsActive)],
        [typeof(Payment)] = [nameof(Payment.OrderId), nameof(Payment.Status), nameof(Payment.Amount), nameof(Payment.Refunded), nameof(Payment.Provider)],
        [typeof(Refund)] = [nameof(Refund.PaymentId), nameof(Refund.OrderId), nameof(Refund.Amount), nameof(Refund.Status), nameof(Refund.Restock)],
    };

    /// <summary>What changes with every edit, and how payments are tried.</summary>
    private static readonly string[] Untold =
    [
        nameof(AggregateRoot.Id), nameof(AggregateRoot.Version), nameof(AggregateRoot.CreatedAt), nameof(AggregateRoot.UpdatedAt), nameof(Payment.Key),
        nameof(Payment.DueAt), nameof(Payment.Tries),
    ];

    /// <summary>The fields that differ, each with what was before and what is now, or null where the values are not told.</summary>
    /// <param name="entry">An aggregate that is about to be saved.</param>
    /// <param name="roles">A user's roles before and now, where they differ.</param>
    public static JsonObject Of(EntityEntry<AggregateRoot> entry, JsonArray? roles)
    {
        var changes = new JsonObject();
        foreach (var property in entry.Properties.Where(each => !each.Metadata.IsShadowProperty() && !Untold.Contains(each.Metadata.Name)))
        {
            var before = entry.State == EntityState.Added ? null : property.OriginalValue;
            var now = entry.State == EntityState.Deleted ? null : property.CurrentValue;
            if (!property.Metadata.GetValueComparer().Equals(before, now))
            {
                changes[property.Metadata.GetColumnName()] = IsTold(entry, property) ? new JsonArray(Json(before), Json(now)) : null;
            }
        }

        foreach (var property in entry.ComplexProperties.Where(each => each.IsModified))
        {
            changes[JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Metadata.Name)] = null;
        }

        if (roles is not null)
        {
            changes["roles"] = roles;
        }

        return changes;
    }

    /// <summary>A value as the log tells it.</summary>
    public static JsonNode? Json(object? value) => value switch
    {
        null => null,
        Money money => money.Amount,
        Enum named => JsonNamingPolicy.SnakeCaseLower.ConvertName(named.ToString()),
        IEnumerable<string> list => new JsonArray([.. list.Select(each => (JsonNode)each)]),
        _ => JsonSerializer.SerializeToNode(value, value.GetType()),
    };

    private static bool IsTold(EntityEntry entry, PropertyEntry property) =>
        Told.TryGetValue(entry.Metadata.ClrType, out var fields) && fields.Contains(property.Metadata.Name);
}
