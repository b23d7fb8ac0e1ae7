using System.Reflection;
using Npgsql;
using Shop.Domain.Users;
using Shop.Infrastructure.Analytics;
using Shop.Infrastructure.Persistence.Configurations;
using Shop.Infrastructure.Startup;

namespace Shop.Infrastructure.Persistence.PostgreSql;

internal sealed class PostgreSqlStartCheck(DatabaseAddress address, ShopCalendar calendar) : IStartCheck
{
    private const string Migrations = "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"";

    private const string Spans = "SELECT zone, starts_at, ends_at, offset_minutes FROM sales_calendar ORDER BY starts_at";

    private const string Rest = """
        SELECT EXISTS (SELECT FROM pg_trigger WHERE tgname = $1 AND tgrelid = to_regclass($2))
            AND EXISTS (SELECT FROM user_roles WHERE role = $3)
            AND (EXISTS (SELECT FROM sales_totals WHERE series = $4) OR NOT EXISTS (SELECT FROM sales_totals WHERE series = $5))
        """;

    /// <remarks>What goes wrong here goes wrong again in what comes then, which can say what it is.</remarks>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(address.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(Migrations), new(Spans), new(Rest) } };
            batch.BatchCommands[^1].Parameters.AddRange((NpgsqlParameter[])
            [
                new NpgsqlParameter<string> { TypedValue = Dialect.TriggerOf(AuditLogConfiguration.Table) },
                new NpgsqlParameter<string> { TypedValue = AuditLogConfiguration.Table },
                new NpgsqlParameter<string> { TypedValue = User.AdminRole },
                new NpgsqlParameter<short> { TypedValue = (short)SalesSeries.CustomerYear },
                new NpgsqlParameter<short> { TypedValue = (short)SalesSeries.CustomerDay },
            ]);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            var migrations = await ReadAsync(reader, row => row.GetString(0), cancellationToken);
            var spans = await ReadAsync(
                reader,
                row => new ZoneSpan(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2), row.GetInt32(3)),
                cancellationToken);
            var rest = await ReadAsync(reader, row => row.GetBoolean(0), cancellationToken);
            return rest[0] && spans.SequenceEqual(calendar.Spans) && !OwnMigrations().Except(migrations).Any();
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>What the database must have been through.</summary>
    /// <remarks>The build notes them: to look for their classes would make the runtime load every type of the assembly.</remarks>
    internal static IEnumerable<string> OwnMigrations() =>
        typeof(PostgreSqlStartCheck).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(noted => noted.Key == "PostgreSqlMigration")
            .Select(noted => noted.Value!);

    private static async Task<List<T>> ReadAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        await reader.NextResultAsync(cancellationToken);
        return rows;
    }
}
