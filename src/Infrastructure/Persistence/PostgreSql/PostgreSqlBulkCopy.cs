using Npgsql;
using NpgsqlTypes;
using Shop.Infrastructure.Persistence.Backfill;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>Binary COPY into a staging table.</summary>
internal sealed class PostgreSqlBulkCopy<TRow>(NpgsqlBinaryImporter importer, Func<PostgreSqlBulkCopy<TRow>, TRow, CancellationToken, Task> write)
    : IBulkCopy<TRow>
{
    public async ValueTask WriteAsync(TRow row, CancellationToken cancellationToken)
    {
        await importer.StartRowAsync(cancellationToken);
        await write(this, row, cancellationToken);
    }

    public async Task CompleteAsync(CancellationToken cancellationToken) => await importer.CompleteAsync(cancellationToken);

    public ValueTask DisposeAsync() => importer.DisposeAsync();

    public Task TextAsync(string? value, CancellationToken cancellationToken) =>
        value is null ? importer.WriteNullAsync(cancellationToken) : importer.WriteAsync(value, NpgsqlDbType.Text, cancellationToken);

    public Task ValueAsync<T>(T? value, NpgsqlDbType type, CancellationToken cancellationToken)
        where T : struct =>
        value is null ? importer.WriteNullAsync(cancellationToken) : importer.WriteAsync(value.Value, type, cancellationToken);
}
