using System.Globalization;
using Shop.Application.Orders;
using Shop.Domain.Users;

namespace Shop.Infrastructure.Mail;

/// <summary>What templates may name. What a mail has not is null, and false to <c>{{#if}}</c>.</summary>
internal sealed class MailValues(ShopSettings settings)
{
    private const string OwnAddress = "http://localhost:3000";

    /// <summary>
    /// Of a mail that holds a token. They name no person: anybody can have such a mail sent to anybody, and must not choose its words.
    /// </summary>
    public Dictionary<string, object?> OfToken(MailedTokenPurpose purpose, string token) => new()
    {
        ["shop"] = settings.Mail.ShopName,
        ["shop_url"] = ShopUrl,
        ["link"] = $"{ShopUrl}/account/{(purpose == MailedTokenPurpose.Reset ? "reset_password" : "confirm_email")}?token={token}",
        ["token"] = token,
    };

    /// <summary>Of a mail about an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="firstName">What its buyer is called, or null.</param>
    /// <param name="refunded">How much has just gone back, in a mail that tells of it.</param>
    public Dictionary<string, object?> OfOrder(OrderAnswer order, string? firstName, decimal? refunded) => new()
    {
        ["shop"] = settings.Mail.ShopName,
        ["shop_url"] = ShopUrl,
        ["first_name"] = firstName,
        ["number"] = order.Number,
        ["items"] = order.Items.Select(item => new Dictionary<string, object?>
        {
            ["name"] = item.Name,
            ["sku"] = item.Sku,
            ["quantity"] = item.Quantity.ToString(CultureInfo.InvariantCulture),
            ["unit_price"] = Amount(item.UnitPrice, order.Currency),
            ["line_total"] = Amount(item.LineTotal, order.Currency),
        }).ToArray(),
        ["subtotal"] = Amount(order.Subtotal, order.Currency),
        ["discount"] = AmountIfAny(order.Discount, order.Currency),
        ["coupon"] = order.Coupon,
        ["shipping"] = AmountIfAny(order.Shipping, order.Currency),
        ["tax"] = AmountIfAny(order.Tax, order.Currency),
        ["total"] = Amount(order.Total, order.Currency),
        ["refunded"] = refunded is { } amount ? Amount(amount, order.Currency) : null,
        ["address"] = AddressLines(order),
    };

    private string ShopUrl => settings.PublicUrl?.AbsoluteUri.TrimEnd('/') ?? OwnAddress;

    private static string[]? AddressLines(OrderAnswer order) => order.ShippingAddress is { } to
        ?
        [
            .. ((string?[])[to.Name, to.Line1, to.Line2, $"{to.PostalCode} {to.City}", to.Region, to.Country])
                .OfType<string>()
                .Where(line => line.Length > 0),
        ]
        : null;

    private static string? AmountIfAny(decimal amount, string currency) => amount == 0 ? null : Amount(amount, currency);

    private static string Amount(decimal amount, string currency) => string.Create(CultureInfo.InvariantCulture, $"{amount:0.00} {currency}");
}
