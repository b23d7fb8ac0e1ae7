using System.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Shop.Infrastructure.Persistence.Backfill;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>Sends rows to a staging table by SqlBulkCopy, some thousand at once.</summary>
/// <param name="db">Whose connection and transaction it is sent by.</param>
/// <param name="table">Where to, quoted.</param>
/// <param name="columns">The table's columns, in its order; the types are those of the values.</param>
/// <param name="values">A row's values, null where it has none.</param>
internal sealed class SqlServerBulkCopy<TRow>(
    ShopDbContext db,
    string table,
    IReadOnlyList<(string Name, Type Type)> columns,
    Func<TRow, object?[]> values) : IBulkCopy<TRow>
{
    private const int RowsAtOnce = 5_000;
    private const int NoTimeout = 0;

    private readonly DataTable _rows = Empty(columns);

    public async ValueTask WriteAsync(TRow row, CancellationToken cancellationToken)
    {
        _rows.Rows.Add(values(row));
        if (_rows.Rows.Count == RowsAtOnce)
        {
            await SendAsync(cancellationToken);
        }
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_rows.Rows.Count > 0)
        {
            await SendAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync()
    {
        _rows.Dispose();
        return ValueTask.CompletedTask;
    }

    private static DataTable Empty(IReadOnlyList<(string Name, Type Type)> columns)
    {
        var rows = new DataTable { Locale = System.Globalization.CultureInfo.InvariantCulture };
        foreach (var (name, type) in columns)
        {
            rows.Columns.Add(name, type);
        }

        return rows;
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction() as SqlTransaction;
        using var copy = new SqlBulkCopy((SqlConnection)db.Database.GetDbConnection(), SqlBulkCopyOptions.Default, transaction)
        {
            DestinationTableName = table,
            BulkCopyTimeout = NoTimeout,
        };
        foreach (var (name, _) in columns)
        {
            copy.ColumnMappings.Add(name, name);
        }

        await copy.WriteToServerAsync(_rows, cancellationToken);
        _rows.Clear();
    }
}
