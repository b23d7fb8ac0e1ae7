using Shop.Domain.Common;
using Shop.Domain.Coupons;

namespace Shop.Application.Abstractions;

/// <summary>
/// Counts uses of coupons by a conditional statement that the database decides. Works inside the unit of work; a coupon is locked after
/// the order that uses it and before products.
/// </summary>
public interface ICoupons
{
    /// <summary>Counts one more use, and locks the coupon until the transaction ends.</summary>
    /// <param name="code">The coupon's code, trimmed, in any case.</param>
    /// <param name="orderId">The order that uses it; it uses no other.</param>
    /// <param name="userId">Who buys.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The coupon as it is now; refused when it is unknown, used up by all or by the buyer, or not valid at this time.</returns>
    Task<Result<Coupon>> RedeemAsync(string code, long orderId, long userId, CancellationToken cancellationToken);

    /// <summary>Takes an order's use back, if it has one.</summary>
    /// <param name="orderId">The order, locked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task GiveBackAsync(long orderId, CancellationToken cancellationToken);

    /// <summary>How often the user who used a coupon most uses it; 0 when nobody does.</summary>
    /// <param name="couponId">The coupon, locked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<int> MostUsesByOneUserAsync(long couponId, CancellationToken cancellationToken);
}
