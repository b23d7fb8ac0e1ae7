using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Application.Abstractions;
using Shop.Domain.Reports;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Reports;

/// <summary>
/// Makes reports, each by one worker at a time: it holds a lease that it extends as long as it lives, and stores nothing once another has
/// taken the report over. Who takes over begins anew, so that the file is whole and of one moment whoever ends it.
/// </summary>
internal sealed partial class ReportWorker(
    IServiceScopeFactory scopes, ReportMaker maker, IFaultPoints faults, TimeProvider clock, ILogger<ReportWorker> log)
{
    /// <summary>After so many attempts a report is given up.</summary>
    public const int MaxAttempts = 3;

    /// <summary>How long a worker may be silent before another takes its report over.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private const int PurgedAtOnce = 100;

    /// <summary>Makes the oldest report that waits, if any.</summary>
    /// <param name="cancellationToken">Gives up; the report waits again.</param>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (await ClaimAsync(cancellationToken) is not { } report)
        {
            return false;
        }

        try
        {
            await MakeAsync(report, cancellationToken);
            await EndAsync(report, ReportStatus.Done);
        }
        catch (LeaseLostException)
        {
            LogTakenOver(report.Id);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            await WaitAgainAsync(report, attempts: report.Attempts - 1);
        }
        catch (Exception exception)
        {
            LogFailed(exception, report.Id, report.Attempts);
            await (report.Attempts < MaxAttempts ? WaitAgainAsync(report, report.Attempts) : EndAsync(report, ReportStatus.Failed));
        }

        return true;
    }

    /// <summary>The database may sort for minutes before there is a first part: the lease is extended meanwhile.</summary>
    private async Task MakeAsync(ClaimedReport report, CancellationToken cancellationToken)
    {
        var no = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var making = maker.MakeAsync(
            report,
            async (bytes, progress) =>
            {
                await StoreAsync(report, new ReportChunk { ReportId = report.Id, No = no++, Bytes = bytes }, progress, stop.Token);
                faults.Hit(FaultPoints.InReport);
            },
            stop.Token);
        try
        {
            while (await Task.WhenAny(making, Task.Delay(Lease / 4, clock, stop.Token)) != making)
            {
                stop.Token.ThrowIfCancellationRequested();
                await WithAsync(db => ExtendAsync(db, report, progress: null, stop.Token));
            }
        }
        finally
        {
            await stop.CancelAsync();
            await making.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await making;
    }

    /// <summary>Forgets reports whose week is over.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task PurgeAsync(CancellationToken cancellationToken) => WithAsync(db =>
    {
        var kept = clock.GetUtcNow() - Report.Retention;
        return db.Reports.Where(report => report.CreatedAt <= kept).OrderBy(report => report.CreatedAt).Take(PurgedAtOnce).ExecuteDeleteAsync(cancellationToken);
    });

    private Task<ClaimedReport?> ClaimAsync(CancellationToken cancellationToken) => WithAsync(async db =>
    {
        var (owner, now) = (Guid.NewGuid(), clock.GetUtcNow());
        var next = await Claimable(db, now).OrderBy(report => report.CreatedAt).ThenBy(report => report.Id)
            .Select(report => new ClaimedReport(report.Id, report.Type, report.From, report.To, owner, report.Attempts + 1))
            .FirstOrDefaultAsync(cancellationToken);
        return next is not null && await TakeAsync(db, next, now, cancellationToken) ? next : null;
    });

    /// <summary>The condition is asked again by the update, under the row's lock: of two workers one gets it.</summary>
    private static Task<bool> TakeAsync(ShopDbContext db, ClaimedReport report, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(
            db,
            async () =>
            {
                var until = now + Lease;
                var isGivenUp = report.Attempts > MaxAttempts;
                var taken = await Claimable(db, now).Where(each => each.Id == report.Id).ExecuteUpdateAsync(
                    row => row
                        .SetProperty(each => each.Status, isGivenUp ? ReportStatus.Failed : ReportStatus.Running)
                        .SetProperty(each => each.FinishedAt, isGivenUp ? now : null)
                        .SetProperty(each => each.Progress, 0)
                        .SetProperty(each => each.LeaseOwner, report.Owner)
                        .SetProperty(each => each.LeaseUntil, until)
                        .SetProperty(each => each.Attempts, report.Attempts),
                    cancellationToken);
                await db.ReportChunks.Where(chunk => taken == 1 && chunk.ReportId == report.Id).ExecuteDeleteAsync(cancellationToken);
                return taken == 1 && !isGivenUp;
            },
            cancellationToken);

    private Task<int> StoreAsync(ClaimedReport report, ReportChunk chunk, int progress, CancellationToken cancellationToken) => WithAsync(db => InTransactionAsync(
        db,
        async () =>
        {
            await ExtendAsync(db, report, progress, cancellationToken);
            db.ChangeTracker.Clear();
            db.Add(chunk);
            return await db.SaveChangesAsync(cancellationToken);
        },
        cancellationToken));

    private async Task<int> ExtendAsync(ShopDbContext db, ClaimedReport report, int? progress, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + Lease;
        var mine = await Mine(db, report).ExecuteUpdateAsync(
            row => row.SetProperty(each => each.LeaseUntil, until).SetProperty(each => each.Progress, each => progress ?? each.Progress), cancellationToken);
        return mine > 0 ? mine : throw new LeaseLostException();
    }

    private Task<int> EndAsync(ClaimedReport report, ReportStatus status) => WithAsync(db =>
    {
        var now = clock.GetUtcNow();
        return Mine(db, report).ExecuteUpdateAsync(row => row
            .SetProperty(each => each.Status, status)
            .SetProperty(each => each.Progress, each => status == ReportStatus.Done ? 100 : each.Progress)
            .SetProperty(each => each.FinishedAt, now)
            .SetProperty(each => each.LeaseOwner, (Guid?)null)
            .SetProperty(each => each.LeaseUntil, (DateTimeOffset?)null));
    });

    private Task<int> WaitAgainAsync(ClaimedReport report, int attempts) => WithAsync(db => Mine(db, report).ExecuteUpdateAsync(row => row
        .SetProperty(each => each.Status, ReportStatus.Queued)
        .SetProperty(each => each.Attempts, attempts)
        .SetProperty(each => each.LeaseOwner, (Guid?)null)
        .SetProperty(each => each.LeaseUntil, (DateTimeOffset?)null)));

    private static IQueryable<Report> Claimable(ShopDbContext db, DateTimeOffset now)
    {
        var kept = now - Report.Retention;
        return db.Reports.Where(report =>
            report.CreatedAt > kept
            && (report.Status == ReportStatus.Queued || (report.Status == ReportStatus.Running && report.LeaseUntil < now)));
    }

    private static IQueryable<Report> Mine(ShopDbContext db, ClaimedReport report) =>
        db.Reports.Where(each => each.Id == report.Id && each.LeaseOwner == report.Owner && each.Status == ReportStatus.Running);

    private async Task<T> WithAsync<T>(Func<ShopDbContext, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ShopDbContext>());
    }

    private static Task<T> InTransactionAsync<T>(ShopDbContext db, Func<Task<T>> work, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var done = await work();
            await transaction.CommitAsync(cancellationToken);
            return done;
        });

    [LoggerMessage(LogLevel.Warning, "Report {Id} was taken over by another worker.")]
    private partial void LogTakenOver(long id);

    [LoggerMessage(LogLevel.Error, "Making report {Id} failed, attempt {Attempt}.")]
    private partial void LogFailed(Exception exception, long id, int attempt);

    private sealed class LeaseLostException : Exception;
}
