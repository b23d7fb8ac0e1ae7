using Shop.Domain.Addresses;
using Shop.Domain.AuditLog;
using Shop.Domain.Carts;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Coupons;
using Shop.Domain.Favorites;
using Shop.Domain.Orders;
using Shop.Domain.Outbox;
using Shop.Domain.Payments;
using Shop.Domain.Reports;
using Shop.Domain.Reviews;
using Shop.Domain.Users;
using Shop.Domain.Webhooks;
using Shop.Infrastructure.Persistence;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>
/// Arguments for every specification, so that each can be translated. A new specification needs an entry: its class, name and parameters,
/// and as many calls as it has ways to go. The class is in front for what it names alone, the list is in its order.
/// </summary>
internal static class SpecificationSamples
{
    private static readonly DateTimeOffset Now = OfflineShop.Now;
    private static readonly TextSearch Text = new();
    private static readonly byte[] Hash = new byte[32];

    public static IReadOnlyDictionary<string, Func<object>[]> All { get; } = new Dictionary<string, Func<object>[]>
    {
        ["AuditSpecs.List(filter)"] =
            [() => AuditSpecs.List(new AuditFilter(null, null, null, null, null)), () => AuditSpecs.List(new AuditFilter(1, "order", 2, Now, Now))],
        ["CartSpecs.Of(holder)"] = [() => CartSpecs.Of(CartHolder.User(1)), () => CartSpecs.Of(CartHolder.Guest(Hash))],
        ["CartSpecs.ItemsOf(holder)"] = [() => CartSpecs.ItemsOf(CartHolder.User(1)), () => CartSpecs.ItemsOf(CartHolder.Guest(Hash))],
        ["CartSpecs.Item(itemId)"] = [() => CartSpecs.Item(1)],
        ["CategorySpecs.ById(id)"] = [() => CategorySpecs.ById(1)],
        ["CategorySpecs.ByIds(ids)"] = [() => CategorySpecs.ByIds([1, 2])],
        ["CategorySpecs.Named(name)"] = [() => CategorySpecs.Named("Lamps")],
        ["CategorySpecs.Below(id)"] = [() => CategorySpecs.Below(1)],
        ["CategorySpecs.All()"] = [CategorySpecs.All],
        ["CouponSpecs.ById(id)"] = [() => CouponSpecs.ById(1)],
        ["CouponSpecs.ByCode(code)"] = [() => CouponSpecs.ByCode("CODE")],
        ["CouponSpecs.Usable(code, now)"] = [() => CouponSpecs.Usable("CODE", Now)],
        ["CouponSpecs.All()"] = [CouponSpecs.All],
        ["FavoriteSpecs.Of(userId)"] = [() => FavoriteSpecs.Of(1)],
        ["FavoriteSpecs.OfUser(userId)"] = [() => FavoriteSpecs.OfUser(1)],
        ["FavoriteSpecs.InCatalog(userId, productId)"] = [() => FavoriteSpecs.InCatalog(1, 2)],
        ["FavoriteSpecs.Of(userId, productId)"] = [() => FavoriteSpecs.Of(1, 2)],
        ["OrderChangeSpecs.Of(orderId)"] = [() => OrderChangeSpecs.Of(1)],
        ["OrderSpecs.OwnedBy(id, userId)"] = [() => OrderSpecs.OwnedBy(1, 2), () => OrderSpecs.OwnedBy(1, null)],
        ["OrderSpecs.Expired(placedUntil, now, afterId)"] = [() => OrderSpecs.Expired(Now, Now, 1)],
        ["OrderSpecs.ExpiredHolding(placedUntil, now, productIds, exceptIds)"] =
            [() => OrderSpecs.ExpiredHolding(Now, Now, [1, 2], []), () => OrderSpecs.ExpiredHolding(Now, Now, [1, 2], [3])],
        ["OrderSpecs.ExpiredById(id, placedUntil, now)"] = [() => OrderSpecs.ExpiredById(1, Now, Now)],
        ["OrderSpecs.OfPurchase(purchaseId)"] = [() => OrderSpecs.OfPurchase(1)],
        ["OrderSpecs.AwaitingPayment(id)"] = [() => OrderSpecs.AwaitingPayment(1)],
        ["OrderSpecs.List(filter)"] =
            [() => OrderSpecs.List(new OrderFilter()), () => OrderSpecs.List(new OrderFilter(1, 2, OrderStatus.Paid, Now, Now))],
        ["OutboxSpecs.ById(id)"] = [() => OutboxSpecs.ById(1)],
        ["OutboxSpecs.List(status)"] =
            [() => OutboxSpecs.List(null), .. Enum.GetValues<DeliveryStatus>().Select(status => (Func<object>)(() => OutboxSpecs.List(status)))],
        ["PaymentSpecs.ById(id)"] = [() => PaymentSpecs.ById(1)],
        ["PaymentSpecs.WithOrder(id)"] = [() => PaymentSpecs.WithOrder(1)],
        ["PaymentSpecs.OfOrder(id, orderId, userId)"] = [() => PaymentSpecs.OfOrder(1, 2, 3), () => PaymentSpecs.OfOrder(1, 2, null)],
        ["PaymentSpecs.Awaited(id)"] = [() => PaymentSpecs.Awaited(1)],
        ["PaymentSpecs.ByKey(key)"] = [() => PaymentSpecs.ByKey("key")],
        ["PaymentSpecs.Live(orderId)"] = [() => PaymentSpecs.Live(1)],
        ["PaymentSpecs.ByReference(provider, reference)"] = [() => PaymentSpecs.ByReference("sandbox", "reference")],
        ["PaymentSpecs.List(orderId)"] = [() => PaymentSpecs.List(1)],
        ["PaymentSpecs.RefundById(id)"] = [() => PaymentSpecs.RefundById(1)],
        ["PaymentSpecs.RefundOfOrder(id, orderId)"] = [() => PaymentSpecs.RefundOfOrder(1, 2)],
        ["PaymentSpecs.RefundByKey(key)"] = [() => PaymentSpecs.RefundByKey("key")],
        ["PaymentSpecs.OtherPendingRefunds(paymentId, exceptId)"] = [() => PaymentSpecs.OtherPendingRefunds(1, 2)],
        ["PaymentSpecs.PendingRefunds(orderId)"] = [() => PaymentSpecs.PendingRefunds(1)],
        ["PaymentSpecs.RefundList(orderId)"] = [() => PaymentSpecs.RefundList(1)],
        ["PaymentSpecs.Event(provider, eventId)"] = [() => PaymentSpecs.Event("sandbox", "event")],
        ["PaymentSpecs.EventById(id)"] = [() => PaymentSpecs.EventById(1)],
        ["ProductSpecs.ById(id)"] = [() => ProductSpecs.ById(1)],
        ["ProductSpecs.ByIds(ids)"] = [() => ProductSpecs.ByIds([1, 2])],
        ["ProductSpecs.OnSale()"] = [ProductSpecs.OnSale],
        ["ProductSpecs.InStock()"] = [ProductSpecs.InStock],
        ["ProductSpecs.OnSale(ids)"] = [() => ProductSpecs.OnSale([1, 2])],
        ["ProductSpecs.InStock(ids)"] = [() => ProductSpecs.InStock([1, 2])],
        ["ProductSpecs.PopularInStock(except, count)"] = [() => ProductSpecs.PopularInStock([1, 2], 3)],
        ["ProductSpecs.PopularInCategory(categoryId, except, count)"] = [() => ProductSpecs.PopularInCategory(1, [2, 3], 4)],
        ["ProductSpecs.PopularMatching(matches, except, count)"] = [() => ProductSpecs.PopularMatching(Text.Products("red lamp"), [1, 2], 3)],
        ["ProductSpecs.BySkus(skus)"] = [() => ProductSpecs.BySkus(["A", "B"])],
        ["ProductSpecs.InCatalogAfter(id, count)"] = [() => ProductSpecs.InCatalogAfter(1, 2)],
        ["ProductSpecs.InCategory(categoryId)"] = [() => ProductSpecs.InCategory(1)],
        ["ProductSpecs.Found(filter, count)"] = [.. Filters().Select(filter => (Func<object>)(() => ProductSpecs.Found(filter, 3)))],
        ["ProductSpecs.Search(filter, sort)"] =
            [.. Enum.GetValues<ProductSort>().SelectMany(sort => Filters().Select(filter => (Func<object>)(() => ProductSpecs.Search(filter, sort))))],
        ["PurchaseSpecs.All()"] = [PurchaseSpecs.All],
        ["PurchaseSpecs.OwnedBy(id, userId)"] = [() => PurchaseSpecs.OwnedBy(1, 2), () => PurchaseSpecs.OwnedBy(1, null)],
        ["PurchaseSpecs.OfOrder(orderId)"] = [() => PurchaseSpecs.OfOrder(1)],
        ["PurchaseSpecs.Of(userId)"] = [() => PurchaseSpecs.Of(1)],
        ["ReportSpecs.ById(id, now)"] = [() => ReportSpecs.ById(1, Now)],
        ["ReviewSpecs.ById(id)"] = [() => ReviewSpecs.ById(1)],
        ["ReviewSpecs.Of(productId)"] = [() => ReviewSpecs.Of(1)],
        ["UserAddressSpecs.Of(userId)"] = [() => UserAddressSpecs.Of(1)],
        ["UserAddressSpecs.OwnedBy(id, userId)"] = [() => UserAddressSpecs.OwnedBy(1, 2)],
        ["UserSpecs.ById(id)"] = [() => UserSpecs.ById(1)],
        ["UserSpecs.ByIds(ids)"] = [() => UserSpecs.ByIds([1, 2])],
        ["UserSpecs.ByLogin(login)"] = [() => UserSpecs.ByLogin("anna")],
        ["UserSpecs.ByEmail(email)"] = [() => UserSpecs.ByEmail("anna@shop.example")],
        ["UserSpecs.All(matches)"] = [() => UserSpecs.All(null), () => UserSpecs.All(Text.Users("anna"))],
        ["UserSpecs.Admins()"] = [UserSpecs.Admins],
        ["WebhookSpecs.ById(id)"] = [() => WebhookSpecs.ById(1)],
        ["WebhookSpecs.All()"] = [WebhookSpecs.All],
        ["WebhookSpecs.Delivery(id)"] = [() => WebhookSpecs.Delivery(1)],
        ["WebhookSpecs.DeliveriesOf(webhookId, status)"] = [() => WebhookSpecs.DeliveriesOf(1, null), () => WebhookSpecs.DeliveriesOf(1, DeliveryStatus.Dead)],
    };

    private static ProductFilter[] Filters() =>
    [
        new() { Relevance = Text.Relevance("red lamp") },
        new()
        {
            Matches = Text.Products("red lamp"),
            Relevance = Text.Relevance("red lamp"),
            CategoryIds = [1],
            SellerId = 2,
            MinPrice = Money.From(1),
            MaxPrice = Money.From(2),
            MinRating = 4,
            InStock = true,
        },
        new() { Relevance = Text.Relevance("lamp"), CategoryIds = [1, 2], InStock = false },
    ];
}
