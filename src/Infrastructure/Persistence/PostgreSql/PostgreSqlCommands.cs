using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>Statements written by hand, on the connection and in the transaction of a context.</summary>
internal static class PostgreSqlCommands
{
    extension(ShopDbContext db)
    {
        /// <summary>What is sent with the next query.</summary>
        public Ahead Ahead => ((PostgreSqlShopDbContext)db).Ahead;

        /// <summary>Statements that are sent in one trip. The unit of work is open.</summary>
        public NpgsqlBatch NewBatch() => new(
            (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
    }
}
