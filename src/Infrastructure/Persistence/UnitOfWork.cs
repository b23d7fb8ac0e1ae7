using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Users;
using Shop.Infrastructure.Caching;
using Shop.Infrastructure.Outbox;

namespace Shop.Infrastructure.Persistence;

internal sealed class UnitOfWork(
    ShopDbContext db,
    OrderHistory history,
    AuditTrail trail,
    Subscribers subscribers,
    IDatabaseErrors databaseErrors,
    OutboxSignal signal,
    ICatalogFeed feed,
    CatalogTeller teller,
    CatalogFreshness freshness) : IUnitOfWork
{
    private const int MaxTries = 5;

    private static readonly Error ChangedMeanwhile = new(
        ErrorKind.Conflict, "changed_meanwhile", "Somebody else changed it at the same moment; read it again and repeat your change.");

    public async Task<T> ExecuteAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken, bool repeatsSafely, bool goesOn)
        where T : IOutcome<T>
    {
        if (db.Database.CurrentTransaction is not null)
        {
            return await RunAsync(work, isLast: false, cancellationToken);
        }

        for (var tries = 1; ; tries++)
        {
            try
            {
                return await db.Database.CreateExecutionStrategy().ExecuteAsync(() =>
                {
                    db.BeginUnit(goesOn);
                    goesOn = false;
                    return RunInTransactionAsync(work, repeatsSafely, cancellationToken);
                });
            }
            catch (Exception exception) when (tries < MaxTries && Commits.IsLostRace(exception, databaseErrors))
            {
                subscribers.AskAgain();
            }
            catch (Exception exception) when (Commits.IsLostRace(exception, databaseErrors))
            {
                return T.Fail(ChangedMeanwhile);
            }
        }
    }

    private async Task<T> RunInTransactionAsync<T>(Func<Task<T>> work, bool repeatsSafely, CancellationToken cancellationToken)
        where T : IOutcome<T>
    {
        trail.Begin();
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        try
        {
            var outcome = await RunAsync(work, isLast: true, cancellationToken);
            if (outcome.Error is null)
            {
                await CommitAsync(transaction, cancellationToken);
            }

            return outcome;
        }
        catch (Exception exception) when (!repeatsSafely && db.Commit != CommitState.Open && Commits.IsUnknown(exception, databaseErrors))
        {
            throw new CommitUnknownException(exception);
        }
        finally
        {
            db.ForgetAhead();
            if (db.Commit != CommitState.Open)
            {
                Tell();
                db.Commit = CommitState.Open; // whoever has this context next has another transaction
            }

            db.EndsWithWork = false;
        }
    }

    /// <summary>Commits what was not committed with what was saved.</summary>
    private async Task CommitAsync(IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        if (db.CatalogChanges.IsEverything)
        {
            await feed.TellEverythingAsync(db, cancellationToken);
        }

        if (db.EndsSignIns)
        {
            await feed.TellSignInsAsync(db, cancellationToken);
        }

        db.Commit = db.Commit == CommitState.Open ? CommitState.Asked : db.Commit;
        await transaction.CommitAsync(cancellationToken);
        db.Commit = CommitState.Done;
    }

    /// <summary>Comes after each commit that may have happened.</summary>
    private void Tell()
    {
        teller.Note(db.CatalogChanges);
        if (db.EndsSignIns)
        {
            freshness.EndSignIns();
        }

        if (db.HasDeliveries)
        {
            signal.Wake();
        }
    }

    private async Task<T> RunAsync<T>(Func<Task<T>> work, bool isLast, CancellationToken cancellationToken)
        where T : IOutcome<T>
    {
        try
        {
            db.EndsWithWork = isLast;
            var outcome = await work();
            if (db.Commit == CommitState.Done)
            {
                return outcome;
            }

            if (outcome.Error is null)
            {
                await db.AskAheadAsync(cancellationToken);
            }

            if (db.Refusal is { } refusal)
            {
                return T.Fail(refusal);
            }

            if (outcome.Error is null)
            {
                await SaveAsync(isLast, cancellationToken);
            }

            return outcome;
        }
        catch (Exception exception) when (databaseErrors.BrokenConstraint(exception) is ConstraintErrors.OpenCart or ConstraintErrors.CartOfLine)
        {
            throw new RepeatWorkException("Somebody else opened or removed the cart.");
        }
        catch (Exception exception) when (ConstraintErrors.Of(databaseErrors.BrokenConstraint(exception), IsRemoval(exception)) is { } error)
        {
            return T.Fail(error);
        }
    }

    /// <summary>
    /// Looks once for what the work has changed: history, audit log and interceptors add rows and set values through the tracker, which
    /// knows of these by itself.
    /// </summary>
    private async Task SaveAsync(bool isLast, CancellationToken cancellationToken)
    {
        db.ChangeTracker.DetectChanges();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            db.EndsSignIns |= db.ChangeTracker.Entries().Any(
                entry => entry.Entity is User ? entry.State is EntityState.Modified or EntityState.Deleted : entry.Entity is UserRole && entry.State != EntityState.Unchanged);
            history.Write();
            trail.Write(isLast);
            await subscribers.CountAsync(cancellationToken);
            db.SavesLast = isLast;
            await db.SaveChangesAsync(cancellationToken);
            await db.SendAheadAsync(cancellationToken);
        }
        finally
        {
            db.SavesLast = false;
            db.ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    private static bool IsRemoval(Exception exception) =>
        exception is DbUpdateException { Entries.Count: > 0 } update && update.Entries.All(entry => entry.State == EntityState.Deleted);
}
