using Npgsql;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>What pays on connections to PostgreSQL, unless the operator's connection string says otherwise.</summary>
internal static class PostgreSqlTuning
{
    /// <summary>Completes a connection string; one that is complete stays as it is.</summary>
    /// <param name="connectionString">What was configured.</param>
    public static string Apply(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        var said = builder.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!said.Contains("Max Auto Prepare"))
        {
            builder.MaxAutoPrepare = 100;
        }

        // The shop leaves nothing on a connection: settings and temporary tables end with their transaction, and LISTEN has a connection of its own
        if (!said.Contains("No Reset On Close"))
        {
            builder.NoResetOnClose = true;
        }

        return builder.ConnectionString;
    }
}
