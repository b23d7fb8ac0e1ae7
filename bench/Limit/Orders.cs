using Npgsql;

namespace Shop.Limit;

/// <summary>The least that placing an order is: the stock of its lines taken where there is enough, the order and its lines written, all or nothing.</summary>
internal sealed class Orders(NpgsqlDataSource database)
{
    private const int MaxBuyers = 1_000;

    private const string Take = """
        UPDATE products SET stock = stock - $2 WHERE id = $1 AND stock >= $2 AND deleted_at IS NULL RETURNING sku, name, price
        """;

    private const string InsertOrder = """
        INSERT INTO orders (id, user_id, origin, status, subtotal, discount, shipping, tax, total, placed_at, version, created_at, updated_at)
        VALUES (nextval('order_ids'), $1, 'shop', 'placed', $2, 0, 0, 0, $2, $3, 1, $3, $3)
        RETURNING id, number
        """;

    private const string InsertLine = """
        INSERT INTO order_items (order_id, product_id, quantity, sku, name, unit_price, line_total, stock_held)
        VALUES (currval('order_ids'), $1, $2, $3, $4, $5, $6, $2)
        """;

    private long[] _buyers = [];

    /// <summary>Orders need somebody who buys: any of the users that are there.</summary>
    public async Task LoadBuyersAsync()
    {
        await using var command = database.CreateCommand("SELECT id FROM users ORDER BY id DESC LIMIT $1");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MaxBuyers });
        await using var reader = await command.ExecuteReaderAsync();
        var buyers = new List<long>();
        while (await reader.ReadAsync())
            buyers.Add(reader.GetInt64(0));
        _buyers = [.. buyers];
    }

    /// <summary>Three round trips: the stock, the order with its lines, the commit.</summary>
    /// <returns>Null when there is too little stock.</returns>
    public async Task<PlacedOrder?> PlaceAsync(IReadOnlyList<OrderLine> items)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        OrderLine[] lines = [.. items.OrderBy(line => line.ProductId)]; // rows are locked in the same order by all
        var products = await TakeAsync(connection, transaction, lines);
        if (products is null)
            return null;

        var order = await InsertAsync(connection, transaction, lines, products);
        await transaction.CommitAsync();
        return order;
    }

    private static async Task<Bought[]?> TakeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, OrderLine[] lines)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var line in lines)
            batch.BatchCommands.Add(Command(Take, new NpgsqlParameter<long> { TypedValue = line.ProductId }, new NpgsqlParameter<int> { TypedValue = line.Quantity }));

        var products = new Bought[lines.Length];
        await using var reader = await batch.ExecuteReaderAsync();
        for (var i = 0; i < lines.Length; i++, await reader.NextResultAsync())
        {
            if (!await reader.ReadAsync())
                return null;
            products[i] = new Bought(reader.GetString(0), reader.GetString(1), reader.GetDecimal(2));
        }

        return products;
    }

    private async Task<PlacedOrder> InsertAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, OrderLine[] lines, Bought[] products)
    {
        var total = lines.Zip(products, (line, product) => line.Quantity * product.Price).Sum();
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(Command(
            InsertOrder,
            new NpgsqlParameter<long> { TypedValue = _buyers[Random.Shared.Next(_buyers.Length)] },
            new NpgsqlParameter<decimal> { TypedValue = total },
            new NpgsqlParameter<DateTime> { TypedValue = DateTime.UtcNow }));
        foreach (var (line, product) in lines.Zip(products))
        {
            batch.BatchCommands.Add(Command(
                InsertLine,
                new NpgsqlParameter<long> { TypedValue = line.ProductId },
                new NpgsqlParameter<int> { TypedValue = line.Quantity },
                new NpgsqlParameter<string> { TypedValue = product.Sku },
                new NpgsqlParameter<string> { TypedValue = product.Name },
                new NpgsqlParameter<decimal> { TypedValue = product.Price },
                new NpgsqlParameter<decimal> { TypedValue = line.Quantity * product.Price }));
        }

        await using var reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new PlacedOrder(reader.GetInt64(0), reader.GetString(1), total);
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    private sealed record Bought(string Sku, string Name, decimal Price);
}
