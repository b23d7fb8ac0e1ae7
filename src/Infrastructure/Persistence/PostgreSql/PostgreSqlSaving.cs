using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Npgsql;
using Shop.Domain.AuditLog;
using Shop.Domain.Catalog;
using Shop.Domain.Coupons;
using Shop.Domain.Orders;
using Shop.Domain.Outbox;
using Shop.Domain.Payments;
using Shop.Infrastructure.Analytics;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// Saves what orders and payments change: all rows that a table gets in one statement, and all statements in one trip. EF Core sends a
/// statement for each row, which both sides prepare, bind and check anew; it saves everything else, and whatever is saved with it.
/// </summary>
internal sealed class PostgreSqlSaving(DatabaseDependencies dependencies, RelationalDatabaseDependencies relationalDependencies)
    : RelationalDatabase(dependencies, relationalDependencies)
{
    /// <summary>Each distinct number of rows is a statement of its own to prepare; more rows than this take several.</summary>
    private const int MaxRows = 4;

    /// <summary>What may be added, each after what it refers to. None has a unique index whose value one row could take over from another.</summary>
    private static readonly FrozenDictionary<Type, int> Added = InOrder(
        typeof(Order), typeof(OrderItem), typeof(CouponRedemption), typeof(Payment), typeof(PaymentEvent), typeof(OrderChange), typeof(StockMovement),
        typeof(SalesEntry), typeof(OutboxEvent), typeof(OutboxDelivery), typeof(AuditEntry));

    private static readonly FrozenDictionary<Type, int> Changed = InOrder(typeof(Order), typeof(OrderItem), typeof(Payment));

    public override Task<int> SaveChangesAsync(IList<IUpdateEntry> entries, CancellationToken cancellationToken = default) =>
        entries[0].Context is PostgreSqlShopDbContext { Database.CurrentTransaction: not null } db
        && entries.All(entry => entry.SharedIdentityEntry is null && IsWritten(entry.EntityState, entry.EntityType.ClrType))
            ? WriteAsync(db, entries, cancellationToken)
            : base.SaveChangesAsync(entries, cancellationToken);

    /// <summary>Whether a change of a row is saved here, unless one is saved with it that isn't.</summary>
    public static bool IsWritten(EntityState change, Type type) => change switch
    {
        EntityState.Added => Added.ContainsKey(type),
        EntityState.Modified => Changed.ContainsKey(type),
        _ => false,
    };

    /// <summary>Writes changed rows, and those that were appended.</summary>
    public static async Task<int> WriteAsync(PostgreSqlShopDbContext db, IList<IUpdateEntry> entries, CancellationToken cancellationToken)
    {
        await using var batch = db.NewBatch();
        var inserts = Inserts(db, entries);
        var updates = Updates(entries);
        foreach (var command in inserts.Select(insert => insert.Command).Concat(updates.Select(update => update.Command)))
        {
            batch.BatchCommands.Add(command);
        }

        await using (var reader = await db.Ahead.ExecuteReaderAsync(batch, cancellationToken))
        {
            foreach (var insert in inserts)
            {
                await insert.ReadAsync(reader, cancellationToken);
            }

            while (await reader.NextResultAsync(cancellationToken))
            {
            }
        }

        IUpdateEntry[] missed = [.. updates.Where(update => update.Command.RecordsAffected == 0).Select(update => update.Entry)];
        return missed.Length == 0
            ? entries.Count
            : throw new DbUpdateConcurrencyException("Somebody else has changed or removed it since it was read.", missed);
    }

    private static List<RowsInsert> Inserts(PostgreSqlShopDbContext db, IList<IUpdateEntry> entries)
    {
        var tracked = entries.Where(entry => entry.EntityState == EntityState.Added).Select(entry => (Type: entry.EntityType, Row: (object)entry));
        var appended = db.TakeAppended().Select(row => (Type: db.Model.FindEntityType(row.GetType())!, Row: row));
        var tables = tracked.Concat(appended).GroupBy(row => row.Type, row => row.Row).OrderBy(rows => Added[rows.Key.ClrType]);
        return [.. tables.SelectMany(rows => rows.Chunk(MaxRows).Select(some => TableRows.Of(rows.Key).Insert(some)))];
    }

    private static List<(IUpdateEntry Entry, NpgsqlBatchCommand Command)> Updates(IList<IUpdateEntry> entries)
    {
        var updates = new List<(IUpdateEntry, NpgsqlBatchCommand)>();
        foreach (var entry in entries.Where(entry => entry.EntityState == EntityState.Modified).OrderBy(entry => Changed[entry.EntityType.ClrType]))
        {
            if (TableRows.Of(entry.EntityType).Update(entry) is { } command)
            {
                updates.Add((entry, command));
            }
        }

        return updates;
    }

    private static FrozenDictionary<Type, int> InOrder(params Type[] types) => types.Index().ToFrozenDictionary(each => each.Item, each => each.Index);
}
