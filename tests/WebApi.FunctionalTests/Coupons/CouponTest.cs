using Shop.Infrastructure.Audit;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Coupons;

/// <summary>What tests of coupons have in common.</summary>
public abstract class CouponTest : ShopTest
{
    /// <summary>A code that no other test uses.</summary>
    protected static string NewCode() => "C-" + Guid.NewGuid().ToString("N")[..12];

    /// <summary>Makes a coupon; a code is made unless given.</summary>
    protected async Task<Answer> CouponAsync(
        decimal? percent = null,
        decimal? amount = null,
        int? maxUses = null,
        int? maxUsesPerUser = null,
        decimal? minSubtotal = null,
        DateTimeOffset? startsAt = null,
        DateTimeOffset? endsAt = null,
        string? code = null) =>
        (await Admin.PostAsync("/coupons", new
        {
            code = code ?? NewCode(),
            percent = percent ?? (amount is null ? 10 : null),
            amount,
            max_uses = maxUses,
            max_uses_per_user = maxUsesPerUser,
            min_subtotal = minSubtotal,
            starts_at = startsAt,
            ends_at = endsAt,
        })).ShouldBe(201);

    /// <summary>A buyer with units of a new product in their cart.</summary>
    protected async Task<Actor> BuyerAsync(decimal price = 10m, int quantity = 1)
    {
        var buyer = await Shop.CustomerAsync();
        await buyer.PutInCartAsync(await ProductAsync(price), quantity);
        return buyer;
    }

    /// <summary>Checks the cart out with a coupon.</summary>
    protected static Task<Answer> CheckOutAsync(Actor buyer, string? coupon, decimal? expectedTotal = null) =>
        buyer.PostAsync("/cart/checkout", Terms(coupon, expectedTotal));

    /// <summary>Checks an active order out with a coupon.</summary>
    protected static Task<Answer> CheckOutAsync(Actor buyer, long orderId, string? coupon, decimal? expectedTotal = null) =>
        buyer.PostAsync($"/orders/{orderId}/checkout", Terms(coupon, expectedTotal));

    /// <summary>How often a coupon is used.</summary>
    protected async Task<int> UsedAsync(Answer coupon) => (await Admin.GetAsync($"/coupons/{coupon.Id}")).ShouldBe(200)["used"].GetInt32();

    /// <summary>The audit of the shop as it is at one moment finds nothing, whatever other tests do meanwhile.</summary>
    protected async Task ShouldPassTheAuditAsync() =>
        (await ShopAudit.RunAsync(Shop.Services, default)).Where(finding => !finding.Holds).Select(finding => finding.ToString()).ShouldBeEmpty();

    private static object Terms(string? coupon, decimal? expectedTotal) =>
        new { shipping_address = Buying.Address(), coupon, expected_total = expectedTotal };
}
