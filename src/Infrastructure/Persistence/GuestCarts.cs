using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Carts;

namespace Shop.Infrastructure.Persistence;

internal sealed class GuestCarts(ShopDbContext db, PurgeSchedule schedule, TimeProvider clock) : IGuestCarts
{
    private const int PurgedAtOnce = 1_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(60);

    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (schedule.IsDue(nameof(Cart), now))
        {
            await db.Carts
                .Where(cart => cart.TokenHash != null && cart.UpdatedAt <= now - Lifetime)
                .OrderBy(cart => cart.UpdatedAt)
                .Take(PurgedAtOnce)
                .ExecuteDeleteAsync(cancellationToken);
        }
    }
}
