using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Payments;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Payments;

internal sealed class PaymentQueue(ShopDbContext db, TimeProvider clock) : IPaymentQueue
{
    private const int Batch = 20;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    public async Task<IReadOnlyList<long>> DueAsync<T>(CancellationToken cancellationToken)
        where T : class, IDueWork
    {
        var now = clock.GetUtcNow();
        return await db.Set<T>().Where(work => work.DueAt <= now).OrderBy(work => work.DueAt).Take(Batch).Select(work => work.Id).ToListAsync(cancellationToken);
    }

    public async Task<bool> TryTakeAsync<T>(long id, CancellationToken cancellationToken)
        where T : class, IDueWork
    {
        var now = clock.GetUtcNow();
        return await db.Set<T>()
            .Where(work => work.Id == id && work.DueAt <= now)
            .ExecuteUpdateAsync(
                row => row.SetProperty(work => work.DueAt, now + IDueWork.Lease).SetProperty(work => work.Tries, work => work.Tries + 1), cancellationToken) == 1;
    }

    public async Task PostponeAsync<T>(long id, CancellationToken cancellationToken)
        where T : class, IDueWork
    {
        var open = db.Set<T>().Where(work => work.Id == id && work.DueAt != null);
        var tries = await open.Select(work => work.Tries).FirstOrDefaultAsync(cancellationToken);
        var pause = FirstPause * Math.Pow(2, Math.Min(tries, 10));
        var until = clock.GetUtcNow() + (pause < LongestPause ? pause : LongestPause);
        await open.ExecuteUpdateAsync(row => row.SetProperty(work => work.DueAt, until), cancellationToken);
    }

    public Task EndAsync<T>(long id, CancellationToken cancellationToken)
        where T : class, IDueWork =>
        db.Set<T>().Where(work => work.Id == id).ExecuteUpdateAsync(row => row.SetProperty(work => work.DueAt, (DateTimeOffset?)null), cancellationToken);
}
