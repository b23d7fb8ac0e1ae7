using Npgsql;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>Takes all lines of an order in one trip, each statement saying what it took of, and counts them as sold on the way.</summary>
internal sealed class PostgreSqlStock(ShopDbContext db, Subscribers subscribers, TimeProvider clock) : Stock(db, clock)
{
    private const string Take = """
        UPDATE products SET stock = stock - $2 WHERE id = $1 AND stock >= $2 AND deleted_at IS NULL RETURNING id, sku, name, price
        """;

    private const string Count = "UPDATE products SET units_sold = units_sold + @units WHERE id = @product RETURNING id";

    private readonly ShopDbContext _db = db;

    protected override async Task<Dictionary<long, ProductSnapshot>> TakeRowsAsync(IReadOnlyList<StockLine> sums, CancellationToken cancellationToken)
    {
        subscribers.AskAhead(); // who takes stock places an order, which is told
        await using var batch = OfEach(sums, Take);
        var taken = new Dictionary<long, ProductSnapshot>(sums.Count);
        await using var reader = await _db.Ahead.ExecuteReaderAsync(batch, cancellationToken);
        do
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var id = reader.GetInt64(0);
                taken[id] = new ProductSnapshot(id, reader.GetString(1), reader.GetString(2), Money.From(reader.GetDecimal(3)));
            }
        }
        while (await reader.NextResultAsync(cancellationToken));
        return taken;
    }

    /// <remarks>Nothing hangs on the answers, so this goes with whatever is sent next, at the latest with what is saved.</remarks>
    protected override Task CountRowsAsync(IReadOnlyList<StockLine> sums, CancellationToken cancellationToken)
    {
        foreach (var line in sums)
        {
            _db.Ahead.Add(Count, answered: null, new NpgsqlParameter<long>("product", line.ProductId), new NpgsqlParameter<int>("units", line.Quantity));
        }

        return Task.CompletedTask;
    }

    /// <summary>A statement for each line, in id order; $1 is the product and $2 the units.</summary>
    private NpgsqlBatch OfEach(IReadOnlyList<StockLine> sums, string sql)
    {
        var batch = _db.NewBatch();
        foreach (var line in sums)
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = line.ProductId });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = line.Quantity });
            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}
