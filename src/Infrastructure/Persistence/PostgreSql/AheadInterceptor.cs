using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// Sends what waits in <see cref="Ahead"/> with the next query of its context. Saving reads the answers of its statements by their place,
/// so before that, as before an update, it is sent by itself.
/// </summary>
internal sealed class AheadInterceptor : DbCommandInterceptor
{
    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (WaitingIn(eventData) is not { } db)
        {
            return result;
        }

        if (eventData.CommandSource == CommandSource.SaveChanges)
        {
            await db.SendAheadAsync(cancellationToken);
        }
        else
        {
            db.Ahead.GoAheadOf((NpgsqlCommand)command);
        }

        return result;
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PostgreSqlShopDbContext db)
        {
            await db.Ahead.ReadAsync((NpgsqlDataReader)result, cancellationToken);
        }

        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (WaitingIn(eventData) is { } db)
        {
            await db.SendAheadAsync(cancellationToken);
        }

        return result;
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        RefuseToWait(eventData);
        return result;
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        RefuseToWait(eventData);
        return result;
    }

    private static PostgreSqlShopDbContext? WaitingIn(CommandEventData eventData) =>
        eventData.Context is PostgreSqlShopDbContext { Ahead: { IsWaiting: true } or { LocksNext: true } } db ? db : null;

    private static void RefuseToWait(CommandEventData eventData)
    {
        if (WaitingIn(eventData) is not null)
        {
            throw new InvalidOperationException("Statements wait to go ahead of this one, which has to be asynchronous for that.");
        }
    }
}
