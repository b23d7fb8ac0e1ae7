using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Infrastructure.Caching;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>NOTIFY and LISTEN, on a connection of its own.</summary>
internal sealed partial class PostgreSqlCatalogFeed(DatabaseAddress address, ILogger<PostgreSqlCatalogFeed> log) : ICatalogFeed
{
    private const string Channel = "shop_catalog";
    private const string Everything = "*";
    private const string SignIns = "sign_ins";
    private const char Probe = '?';

    /// <summary>A payload has at most 8,000 bytes; an id has up to 19.</summary>
    private const int ProductsPerMessage = 350;

    private const int SecondsToAnswer = 2;

    /// <summary>After so much silence the connection is asked whether it is still there.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    public TimeSpan Lifetime => TimeSpan.FromSeconds(5);

    public Task TellEverythingAsync(ShopDbContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {Everything})", cancellationToken);

    public Task TellSignInsAsync(ShopDbContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {SignIns})", cancellationToken);

    public Task TellAsync(IReadOnlyCollection<long> products, CancellationToken cancellationToken) =>
        SendAsync([.. products.Chunk(ProductsPerMessage).Select(some => string.Join(',', some.Select(Text)))], cancellationToken);

    /// <summary>
    /// Follows once it has heard itself from another connection: behind a pooler that shares connections between clients nothing is
    /// ever heard, and then nothing may be cached.
    /// </summary>
    public async Task FollowAsync(CatalogFreshness freshness, CancellationToken cancellationToken)
    {
        var probe = Probe + Guid.NewGuid().ToString("N");
        await using var connection = new NpgsqlConnection(OfItsOwn());
        connection.Notification += (_, told) => Hear(freshness, told.Payload, probe);
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, "LISTEN " + Channel, cancellationToken);
        await SendAsync([probe], cancellationToken);
        var isHeard = true;
        while (true)
        {
            if (!await connection.WaitAsync(Silence, cancellationToken))
            {
                await ExecuteAsync(connection, "SELECT 1", cancellationToken);
                if (isHeard && !freshness.IsFollowed)
                {
                    isHeard = false;
                    LogDeaf();
                }
            }
        }
    }

    private static void Hear(CatalogFreshness freshness, string payload, string probe)
    {
        if (payload == probe)
        {
            freshness.Follow();
        }
        else if (payload == Everything)
        {
            freshness.ChangeAll();
        }
        else if (payload == SignIns)
        {
            freshness.EndSignIns();
        }
        else if (payload[0] != Probe)
        {
            freshness.Change(payload.Split(',').Select(id => long.Parse(id, CultureInfo.InvariantCulture)));
        }
    }

    private async Task SendAsync(string[] messages, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"SELECT pg_notify('{Channel}', message) FROM unnest($1) AS message", connection)
        {
            Parameters = { new NpgsqlParameter<string[]> { TypedValue = messages } },
            CommandTimeout = SecondsToAnswer,
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = SecondsToAnswer };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private string OfItsOwn() =>
        new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false, ApplicationName = Channel }.ConnectionString;

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(
        LogLevel.Warning,
        "LISTEN hears nothing from this database, so nothing is cached. A pooler in between that shares connections between clients is the likely reason.")]
    private partial void LogDeaf();
}
