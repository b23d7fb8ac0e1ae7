using System.Data;
using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Analytics;

/// <summary>
/// Sees to it at start that sales are counted by the days of the configured zone: a shop that changes its zone, or whose orders are older
/// than the counting or one of its series, counts all of them again. Several nodes may start at once; one does it, the others wait.
/// </summary>
internal sealed class SalesOpening(ShopDbContext db, ISalesBooks books, ILocks locks, ShopCalendar calendar, SnapshotReads reads)
{
    public Task EnsureAsync(CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            if (!await IsStoredAsync(cancellationToken))
            {
                await CountAgainAsync(cancellationToken);
            }
        });

    private async Task<bool> IsStoredAsync(CancellationToken cancellationToken)
    {
        var stored = await db.SalesCalendar.AsNoTracking().OrderBy(span => span.StartsAt).ToListAsync(cancellationToken);
        return stored.SequenceEqual(calendar.Spans) && (await HasAsync(SalesSeries.CustomerYear) || !await HasAsync(SalesSeries.CustomerDay));

        Task<bool> HasAsync(SalesSeries series) => db.SalesTotals.AnyAsync(total => total.Series == series, cancellationToken);
    }

    /// <summary>
    /// All of it sees one moment. What is paid meanwhile is not counted here, and its entry is not seen here and stays. What is folded
    /// meanwhile ends this transaction with a conflict, and it is tried again.
    /// </summary>
    private async Task CountAgainAsync(CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await DateRefundsAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(reads.Level, cancellationToken);
        await locks.TakeAsync(LockNames.SalesTotals, cancellationToken);
        if (await IsStoredAsync(cancellationToken))
        {
            return;
        }

        db.Database.SetCommandTimeout(TimeSpan.Zero);
        await db.SalesCalendar.ExecuteDeleteAsync(cancellationToken);
        db.SalesCalendar.AddRange(calendar.Spans);
        await db.SaveChangesAsync(cancellationToken);
        await books.RecountAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.Database.SetCommandTimeout(null);
        db.ChangeTracker.Clear();
    }

    private async Task DateRefundsAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await db.Database.ExecuteSqlRawAsync(SalesSql.DateRefunds, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
