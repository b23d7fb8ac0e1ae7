using System.Diagnostics;
using Npgsql;

namespace Shop.Bench.Import;

/// <summary>The least that loading a file can take: its bytes, as they are, by COPY into a table of texts without any index.</summary>
internal static class BareCopy
{
    private const int ChunkLength = 1 << 20;

    /// <summary>Copies a file into a new table, whose making does not count.</summary>
    /// <returns>Seconds, and rows.</returns>
    public static async Task<(double Seconds, long Rows)> RunAsync(string connectionString, string path)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var columns = File.ReadLines(path).First().Split(',').Select(name => $"\"{name.Trim('"')}\" text");
        var table = $"copy_{Guid.NewGuid():N}";
        await ExecuteAsync(connection, $"CREATE TABLE {table} ({string.Join(", ", columns)})");

        var started = Stopwatch.GetTimestamp();
        await using (var file = File.OpenRead(path))
        await using (var copy = (StreamWriter)await connection.BeginTextImportAsync($"COPY {table} FROM STDIN (FORMAT csv, HEADER)"))
            await file.CopyToAsync(copy.BaseStream, ChunkLength);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

        var rows = await ExecuteAsync(connection, $"SELECT count(*) FROM {table}");
        await ExecuteAsync(connection, $"DROP TABLE {table}");
        return (seconds, (long)rows!);
    }

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync();
    }
}
