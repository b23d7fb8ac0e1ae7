using System.Data.Common;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Common;
using Shop.Domain.Reports;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Reports;

/// <summary>Makes the file of a report: all rows as of one moment, never more than a part of them in memory.</summary>
internal sealed class ReportMaker(IServiceScopeFactory scopes)
{
    private const int ChunkBytes = 256 * 1024;
    private const int RowsBetweenLooks = 100;

    /// <summary>Reads the rows and hands over the file part by part.</summary>
    /// <param name="report">What the report is about.</param>
    /// <param name="store">Stores a part, with how much is made by now, 0 to 99.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task MakeAsync(ClaimedReport report, Func<byte[], int, Task> store, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        var level = scope.ServiceProvider.GetRequiredService<SnapshotReads>().Level;
        await using var transaction = await db.Database.BeginTransactionAsync(level, cancellationToken);
        var (rows, order) = ReportQueries.Of(report.Type, db.Dialect);
        await using var count = Command(transaction, report, $"SELECT COUNT(*) FROM ({rows}) counted");
        var total = Convert.ToInt64(await count.ExecuteScalarAsync(cancellationToken), System.Globalization.CultureInfo.InvariantCulture);
        await using var query = Command(transaction, report, $"SELECT * FROM ({rows}) listed ORDER BY {order}");
        await using var reader = await query.ExecuteReaderAsync(cancellationToken);
        await WriteAsync(reader, total, store, cancellationToken);
    }

    private static async Task WriteAsync(DbDataReader reader, long total, Func<byte[], int, Task> store, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream(ChunkBytes);
        await using var csv = CsvWriter.Create(buffer, options: null, leaveOpen: true);
        await csv.WriteRecordAsync([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], cancellationToken);
        for (var made = 1L; await reader.ReadAsync(cancellationToken); made++)
        {
            await csv.WriteRecordAsync(ReportCells.Of(reader), cancellationToken);
            if (made % RowsBetweenLooks == 0)
            {
                await csv.FlushAsync(cancellationToken);
                if (buffer.Length >= ChunkBytes)
                {
                    await store(buffer.ToArray(), (int)Math.Min(99, made * 100 / Math.Max(total, 1)));
                    buffer.SetLength(0);
                }
            }
        }

        await csv.FlushAsync(cancellationToken);
        await store(buffer.ToArray(), 99);
    }

    private static DbCommand Command(IDbContextTransaction transaction, ClaimedReport report, string sql)
    {
        var inner = transaction.GetDbTransaction();
        var command = inner.Connection!.CreateCommand();
        (command.Transaction, command.CommandText, command.CommandTimeout) = (inner, sql, 0);
        Add(command, "from", report.From ?? DateOnly.MinValue);
        Add(command, "to", report.To ?? DateOnly.MaxValue);
        Add(command, "currency", ShopCurrency.Code);
        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        if (command.CommandText.Contains('@' + name, StringComparison.Ordinal))
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
    }
}

/// <summary>A report that a worker has for a while.</summary>
/// <param name="Id">Which report.</param>
/// <param name="Type">What it is about.</param>
/// <param name="From">The first day, or null.</param>
/// <param name="To">The last day, or null.</param>
/// <param name="Owner">The worker's claim.</param>
/// <param name="Attempts">Attempts begun, this one included.</param>
internal sealed record ClaimedReport(long Id, ReportType Type, DateOnly? From, DateOnly? To, Guid Owner, int Attempts);
