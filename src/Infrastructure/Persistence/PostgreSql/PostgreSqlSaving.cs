using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Npgsql;
using Shop.Application.Abstractions;
using Shop.Domain.AuditLog;
using Shop.Domain.Carts;
using Shop.Domain.Catalog;
using Shop.Domain.Coupons;
using Shop.Domain.Orders;
using Shop.Domain.Outbox;
using Shop.Domain.Payments;
using Shop.Infrastructure.Analytics;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// Saves what orders and payments change: all rows that a table gets in one statement, and all statements in one trip. EF Core sends a
/// statement for each row, which both sides prepare, bind and check anew; it saves everything else, and whatever is saved with it. What is
/// saved last in a transaction takes the commit along.
/// </summary>
internal sealed class PostgreSqlSaving(DatabaseDependencies dependencies, RelationalDatabaseDependencies relationalDependencies)
    : RelationalDatabase(dependencies, relationalDependencies)
{
    /// <summary>Each distinct number of rows is a statement of its own to prepare; more rows than this take several.</summary>
    private const int MaxRows = 4;

    /// <summary>What may be added, each after what it refers to.</summary>
    private static readonly FrozenDictionary<Type, int> Added = InOrder(
        typeof(Order), typeof(OrderItem), typeof(CouponRedemption), typeof(Payment), typeof(PaymentEvent), typeof(OrderChange), typeof(StockMovement),
        typeof(SalesEntry), typeof(OutboxEvent), typeof(OutboxDelivery), typeof(AuditEntry), typeof(IdempotencyKey));

    private static readonly FrozenDictionary<Type, int> Changed = InOrder(typeof(Order), typeof(OrderItem), typeof(Cart), typeof(Payment));

    private static readonly FrozenDictionary<Type, int> Removed = InOrder(typeof(CartItem));

    public override Task<int> SaveChangesAsync(IList<IUpdateEntry> entries, CancellationToken cancellationToken = default) =>
        entries[0].Context is PostgreSqlShopDbContext { Database.CurrentTransaction: not null } db
        && entries.All(entry => entry.SharedIdentityEntry is null && IsWritten(entry.EntityState, entry.EntityType.ClrType))
        && !TakesOver(entries)
            ? WriteAsync(db, entries, cancellationToken)
            : base.SaveChangesAsync(entries, cancellationToken);

    /// <summary>Whether a change of a row is saved here, unless one is saved with it that isn't.</summary>
    public static bool IsWritten(EntityState change, Type type) => change switch
    {
        EntityState.Added => Added.ContainsKey(type),
        EntityState.Modified => Changed.ContainsKey(type),
        EntityState.Deleted => Removed.ContainsKey(type),
        _ => false,
    };

    /// <summary>Writes changed rows, and those that were appended; commits them where nothing else follows.</summary>
    /// <remarks>
    /// What was changed since it was read is found out before anything hangs on it, so edits come first, unless they may be of lines that move to a new order.
    /// </remarks>
    public static async Task<int> WriteAsync(PostgreSqlShopDbContext db, IList<IUpdateEntry> entries, CancellationToken cancellationToken)
    {
        await using var batch = db.NewBatch();
        var inserts = Inserts(db, entries);
        var commits = db.SavesLast;
        var edits = Edits(entries, commits);
        var editsFirst = !entries.Any(entry => entry is { EntityState: EntityState.Added, EntityType.ClrType: { } type } && type == typeof(Order));
        var (added, edited) = (inserts.Select(insert => insert.Command), edits.Select(edit => edit.Command));
        foreach (var command in editsFirst ? edited.Concat(added) : added.Concat(edited))
        {
            batch.BatchCommands.Add(command);
        }

        if (commits)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
            db.Commit = CommitState.Asked;
        }

        await using (var reader = await db.Ahead.ExecuteReaderAsync(batch, cancellationToken))
        {
            for (var answers = editsFirst && commits ? edits.Count : 0; answers > 0; answers--)
            {
                await reader.NextResultAsync(cancellationToken);
            }

            foreach (var insert in inserts)
            {
                await insert.ReadAsync(reader, cancellationToken);
            }

            while (await reader.NextResultAsync(cancellationToken))
            {
            }
        }

        if (commits)
        {
            db.Commit = CommitState.Done;
        }

        return commits || !edits.Exists(edit => edit.Command.RecordsAffected < edit.Rows) ? entries.Count : throw new RepeatWorkException("A row has changed since it was read.");
    }

    /// <summary>Whether a new row may take over from a changed one what only one may have: EF Core knows in which order that goes.</summary>
    private static bool TakesOver(IList<IUpdateEntry> entries)
    {
        var added = entries.Where(entry => entry.EntityState == EntityState.Added).Select(entry => entry.EntityType).ToHashSet();
        return entries.Any(entry => entry.EntityState == EntityState.Modified && added.Contains(entry.EntityType));
    }

    private static List<RowsInsert> Inserts(PostgreSqlShopDbContext db, IList<IUpdateEntry> entries)
    {
        var tracked = entries.Where(entry => entry.EntityState == EntityState.Added).Select(entry => (Type: entry.EntityType, Row: (object)entry));
        var appended = db.TakeAppended().Select(row => (Type: db.Model.FindEntityType(row.GetType())!, Row: row));
        var tables = tracked.Concat(appended).GroupBy(row => (row.Type, row.Row is IUpdateEntry), row => row.Row).OrderBy(rows => Added[rows.Key.Type.ClrType]);
        return [.. tables.SelectMany(rows => rows.Chunk(MaxRows).Select(some => TableRows.Of(rows.Key.Type).Insert(some)))];
    }

    /// <param name="entries">What is saved.</param>
    /// <param name="fail">Whether an edit that finds its row changed fails, which keeps the commit that comes after it from being done.</param>
    private static List<Edit> Edits(IList<IUpdateEntry> entries, bool fail)
    {
        var edits = new List<Edit>();
        foreach (var entry in entries.Where(entry => entry.EntityState == EntityState.Modified).OrderBy(entry => Changed[entry.EntityType.ClrType]))
        {
            if (TableRows.Of(entry.EntityType).Update(entry, fail) is { } command)
            {
                edits.Add(new Edit(command, 1));
            }
        }

        foreach (var removed in entries.Where(entry => entry.EntityState == EntityState.Deleted).GroupBy(entry => entry.EntityType))
        {
            edits.AddRange(removed.Chunk(MaxRows).Select(rows => new Edit(TableRows.Of(removed.Key).Delete(rows, fail), rows.Length)));
        }

        return edits;
    }

    private static FrozenDictionary<Type, int> InOrder(params Type[] types) => types.Index().ToFrozenDictionary(each => each.Item, each => each.Index);

    /// <summary>A statement that changes or removes rows.</summary>
    private sealed record Edit(NpgsqlBatchCommand Command, int Rows);
}
