using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>Statements written by hand, on the connection and in the transaction of a context.</summary>
internal static class PostgreSqlCommands
{
    /// <summary>
    /// An expression that has the transaction answer before its commit is on disk, and never before it is done. Should the server crash within a second, the
    /// transaction may be lost as a whole, unless another has waited for its own commit since: the log is written in order.
    /// </summary>
    public const string CommitUnflushed = "set_config('synchronous_commit', 'off', true)";

    extension(ShopDbContext db)
    {
        /// <summary>What is sent with the next query.</summary>
        public Ahead Ahead => ((PostgreSqlShopDbContext)db).Ahead;

        /// <summary>Statements that are sent in one trip. The unit of work is open.</summary>
        public NpgsqlBatch NewBatch() => new(
            (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
    }
}
