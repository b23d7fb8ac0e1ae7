using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Shop.Application.Abstractions;
using Shop.Infrastructure.Payments.Sandbox;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// Every call is one statement, which is a transaction by itself: unique keys and the payment's row decide between calls at one moment. Only
/// what was not written is looked up, by a second one. No call waits until its commit is on disk: what the shop records of it afterwards, in the same log, does.
/// </summary>
internal sealed class PostgreSqlSandboxBooks(ShopDbContext db, TimeProvider clock) : ISandboxBooks
{
    private const string Columns = "p.reference, p.key, p.method, p.order_id, p.amount, p.currency, p.refunded, p.status";

    private const string Add = $"""
        INSERT INTO sandbox_payments (reference, key, method, order_id, amount, currency, refunded, status)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE {PostgreSqlCommands.CommitUnflushed} IS NOT NULL
        ON CONFLICT (key) DO NOTHING
        """;

    private const string Find = $"SELECT {Columns} FROM sandbox_payments p WHERE p.key = $1";

    private const string Move = $"""
        WITH p AS (
            UPDATE sandbox_payments SET status = $5, refunded = refunded + $6
            WHERE reference = $1 AND status = $4 AND refunded + $6 <= amount AND NOT EXISTS (SELECT FROM sandbox_ledger WHERE key = $2)
            RETURNING *),
        entered AS (
            INSERT INTO sandbox_ledger (key, reference, order_id, move, amount, created_at)
            SELECT $2, p.reference, p.order_id, $3, coalesce($7, p.amount), $8 FROM p)
        SELECT {Columns}, {PostgreSqlCommands.CommitUnflushed} FROM p
        """;

    private const string FindMoved = $"SELECT {Columns} FROM sandbox_payments p WHERE p.reference = $1 AND EXISTS (SELECT FROM sandbox_ledger WHERE key = $2)";

    public Task<SandboxPayment> AddAsync(SandboxPayment payment, CancellationToken cancellationToken) =>
        ConnectedAsync(async connection =>
        {
            await using var add = new NpgsqlCommand(Add, connection)
            {
                Parameters =
                {
                    Text(payment.Reference),
                    Text(payment.Key),
                    Text(payment.Method),
                    new NpgsqlParameter<long> { TypedValue = payment.OrderId },
                    new NpgsqlParameter<decimal> { TypedValue = payment.Amount },
                    Text(payment.Currency),
                    new NpgsqlParameter<decimal> { TypedValue = payment.Refunded },
                    Text(Word(payment.Status)),
                },
            };
            return await add.ExecuteNonQueryAsync(cancellationToken) == 1
                ? payment
                : (await ReadAsync(connection, Find, [Text(payment.Key)], cancellationToken))!;
        });

    /// <remarks>
    /// Of two refunds under one key at one moment, the second finds the first's entry only when it writes its own, and is undone whole.
    /// </remarks>
    public Task<SandboxMoved?> MoveAsync(SandboxCall call, CancellationToken cancellationToken) =>
        ConnectedAsync(async connection =>
        {
            SandboxPayment? moved = null;
            try
            {
                moved = await ReadAsync(connection, Move, ParametersOf(call), cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
            {
            }

            return moved is not null ? new SandboxMoved(moved, First: true)
                : await ReadAsync(connection, FindMoved, [Text(call.Reference), Text(call.Key)], cancellationToken) is { } known ? new SandboxMoved(known, First: false)
                : null;
        });

    private NpgsqlParameter[] ParametersOf(SandboxCall call) =>
    [
        Text(call.Reference),
        Text(call.Key),
        Text(Word(call.Move)),
        Text(Word(call.From)),
        Text(Word(call.To)),
        new NpgsqlParameter<decimal> { TypedValue = call.Back },
        new NpgsqlParameter { Value = (object?)call.Amount ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Numeric },
        new NpgsqlParameter<DateTime> { TypedValue = clock.GetUtcNow().UtcDateTime },
    ];

    /// <summary>Repeats what a lost connection undid, or did unheard: either way the key tells.</summary>
    private Task<T> ConnectedAsync<T>(Func<NpgsqlConnection, Task<T>> work) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await db.Database.OpenConnectionAsync(CancellationToken.None);
            try
            {
                return await work((NpgsqlConnection)db.Database.GetDbConnection());
            }
            finally
            {
                await db.Database.CloseConnectionAsync();
            }
        });

    private static async Task<SandboxPayment?> ReadAsync(
        NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return !await row.ReadAsync(cancellationToken) ? null : new SandboxPayment
        {
            Reference = row.GetString(0),
            Key = row.GetString(1),
            Method = row.GetString(2),
            OrderId = row.GetInt64(3),
            Amount = row.GetDecimal(4),
            Currency = row.GetString(5),
            Refunded = row.GetDecimal(6),
            Status = Enum.Parse<GatewayStatus>(row.GetString(7), ignoreCase: true),
        };
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();
}
