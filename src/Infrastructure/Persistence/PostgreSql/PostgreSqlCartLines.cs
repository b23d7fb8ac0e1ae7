using Npgsql;
using Shop.Application.Abstractions;
using Shop.Application.Carts;
using Shop.Domain.Carts;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// Three statements in one trip with the commit, each with a snapshot of its own: the cart is opened if need be, by the first of those who do at once, then
/// locked, and only then looked at for how full it is. What is in the way fails. The commit is not waited for until it is on disk: a server that crashes may
/// forget what was put into carts in its last second.
/// </summary>
/// <remarks>Only who opens a cart is held: erasing somebody removes their open cart, so whoever comes after that finds none.</remarks>
internal sealed class PostgreSqlCartLines(ShopDbContext db, TimeProvider clock) : ICartLines
{
    private const string Open = """
        INSERT INTO carts (id, user_id, version, created_at, updated_at)
        SELECT nextval('cart_ids'), holder.id, 1, $3, $3
        FROM users holder
        WHERE holder.id = $1 AND holder.erased_at IS NULL
            AND EXISTS (SELECT FROM products WHERE id = $2 AND deleted_at IS NULL)
            AND NOT EXISTS (SELECT FROM carts WHERE user_id = $1 AND checked_out_at IS NULL)
        FOR SHARE OF holder
        ON CONFLICT DO NOTHING
        """;

    private const string Lock = "SELECT id FROM carts WHERE user_id = $1 AND checked_out_at IS NULL FOR UPDATE";

    private const string Put = $"""
        WITH put AS (
            INSERT INTO cart_items AS line (cart_id, product_id, quantity, added_price)
            SELECT cart.id, product.id, $3, product.price
            FROM carts cart JOIN products product ON product.id = $2 AND product.deleted_at IS NULL
            WHERE cart.user_id = $1 AND cart.checked_out_at IS NULL
                AND (SELECT count(*) FROM cart_items WHERE cart_id = cart.id AND product_id <> $2) < $5
            ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = line.quantity + excluded.quantity, added_price = excluded.added_price
            WHERE line.quantity <= $6 - excluded.quantity
            RETURNING id, cart_id, product_id, quantity, added_price),
        changed AS (UPDATE carts SET version = version + 1, updated_at = $4 FROM put WHERE carts.id = put.cart_id AND carts.created_at <> $4)
        SELECT put.id, put.quantity, put.added_price, product.name, {PostgreSqlCommands.CommitUnflushed}
        FROM (SELECT 1 / count(*) AS found FROM put) one
        LEFT JOIN put ON one.found = 1
        LEFT JOIN products product ON product.id = put.product_id
        """;

    /// <summary>Whether something was in the way of this request's line.</summary>
    private bool _isRefused;

    public async Task<CartItemAnswer?> TryPutAsync(long userId, long productId, int quantity, CancellationToken cancellationToken)
    {
        if (_isRefused || !db.EndsWithWork || db.HasUnsaved)
        {
            return null;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        await using var batch = db.NewBatch();
        batch.BatchCommands.Add(Command(Open, userId, productId, now));
        batch.BatchCommands.Add(Command(Lock, userId));
        batch.BatchCommands.Add(Command(Put, userId, productId, quantity, now, Cart.MaxLines, Quantity.Max));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        db.Commit = CommitState.Asked;
        try
        {
            await using var row = await db.Ahead.ExecuteReaderAsync(batch, cancellationToken);
            return await ReadAsync(row, productId, cancellationToken);
        }
        catch (PostgresException failed) when (Guards.HasFailed(failed))
        {
            _isRefused = true;
            throw;
        }
    }

    private async Task<CartItemAnswer?> ReadAsync(NpgsqlDataReader row, long productId, CancellationToken cancellationToken)
    {
        await row.NextResultAsync(cancellationToken); // opening has no answer, locking has one
        var line = !await row.ReadAsync(cancellationToken) ? null : new CartItemAnswer
        {
            Id = row.GetInt64(0),
            ProductId = productId,
            Name = row.GetString(3),
            UnitPrice = row.GetDecimal(2),
            Quantity = row.GetInt32(1),
        };
        await row.NextResultAsync(cancellationToken);
        db.Commit = CommitState.Done;
        return line;
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
