using System.Diagnostics;
using System.Text.Json.Nodes;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.Backfill;

internal sealed class Backfill(IBackfillTables tables, IUnitOfWork unitOfWork, ILocks locks, AuditTrail trail, TimeProvider clock) : IBackfill
{
    /// <summary>How long a file waits for another: longer than a big file loads, shorter than clients wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan TimeBetweenTries = TimeSpan.FromMilliseconds(100);

    private static readonly Error RolledBack = new(ErrorKind.Conflict, "backfill_dry_run", "A dry run changes nothing.");

    public async Task<Result<BackfillReport>> LoadAsync(
        Stream content, bool dryRun, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var begun = false;
        BackfillReport? report = null;
        var outcome = await unitOfWork.ExecuteAsync<Result<BackfillReport>>(
            async () =>
            {
                if (begun)
                {
                    return BackfillErrors.Interrupted;
                }

                begun = true;
                if (!await TakeLockAsync(cancellationToken))
                {
                    return BackfillErrors.Busy;
                }

                var loaded = await ReadAsync(content, progress, cancellationToken);
                if (loaded.IsFailure)
                {
                    return loaded;
                }

                if (!dryRun)
                {
                    trail.Note("catalog", null, ChangesOf(loaded.Value));
                    return loaded;
                }

                report = loaded.Value;
                return RolledBack;
            },
            cancellationToken);
        return outcome.Error == RolledBack ? report! : outcome;
    }

    public async Task<Result<IReadOnlyCollection<string>>> ReadSkusAsync(Stream content, CancellationToken cancellationToken)
    {
        using var records = new CsvRecordReader(content);
        var header = await CsvHeader.ReadAsync(records, cancellationToken);
        if (header.IsFailure)
        {
            return header.Error;
        }

        var skus = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        RowReader rows = header.Value.IsSales ? new SalesReader(records, header.Value) : new CatalogReader(records, header.Value);
        while (await rows.NextAsync(cancellationToken))
        {
            if (rows.Fault is null && rows.ReadSku() is var sku && rows.Fault is null)
            {
                skus.Add(sku);
            }
        }

        return skus;
    }

    /// <summary>A file is one entry of the audit log, whatever it holds.</summary>
    private static JsonObject ChangesOf(BackfillReport report) => new()
    {
        ["created"] = new JsonArray(null, report.Created),
        ["updated"] = new JsonArray(null, report.Updated),
        ["products"] = new JsonArray(null, report.Products),
        ["customers"] = new JsonArray(null, report.Customers),
        ["orders"] = new JsonArray(null, report.Orders),
    };

    /// <summary>Tries again and again, since a load that was killed holds its lock until the database has noticed.</summary>
    private async Task<bool> TakeLockAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await locks.TryTakeAsync(LockNames.Backfill, cancellationToken))
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                return false;
            }

            await Task.Delay(TimeBetweenTries, clock, cancellationToken);
        }

        return true;
    }

    private async Task<Result<BackfillReport>> ReadAsync(Stream content, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using var records = new CsvRecordReader(content);
        var header = await CsvHeader.ReadAsync(records, cancellationToken);
        if (header.IsFailure)
        {
            return header.Error;
        }

        var tally = new Tally(header.Value.Names, progress);
        var counts = header.Value.IsSales
            ? await LoadSalesAsync(new SalesReader(records, header.Value), header.Value["UnitPrice"], tally, cancellationToken)
            : await LoadCatalogAsync(new CatalogReader(records, header.Value), tally, cancellationToken);
        return tally.Report(counts);
    }

    private async Task<BackfillCounts> LoadSalesAsync(SalesReader rows, int priceColumn, Tally tally, CancellationToken cancellationToken)
    {
        await using (var copy = await tables.StageSalesAsync(cancellationToken))
        {
            while (await rows.NextAsync(cancellationToken))
            {
                tally.Count();
                string? skipped = null;
                var row = rows.Fault is null ? rows.Read(out skipped) : default;
                if (rows.Fault is not null)
                {
                    tally.Reject(rows.Line, rows.FaultColumn, rows.Fault);
                    continue;
                }

                if (skipped is not null)
                {
                    tally.Skip(skipped);
                }

                await copy.WriteAsync(row, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        var tooLarge = await OrderLimits.FindRowsBeyondAsync(tables.ReadLargeInvoicesAsync(cancellationToken));
        if (tooLarge.Count > 0)
        {
            tally.RejectLate([.. tooLarge.Select(beyond => (beyond.Row.Line, beyond.Message))], priceColumn);
            await tables.RemoveSalesAsync([.. tooLarge.Select(beyond => beyond.Row)], cancellationToken);
        }

        return await tables.LoadSalesAsync(clock.GetUtcNow(), cancellationToken);
    }

    private async Task<BackfillCounts> LoadCatalogAsync(CatalogReader rows, Tally tally, CancellationToken cancellationToken)
    {
        await using (var copy = await tables.StageCatalogAsync(cancellationToken))
        {
            while (await rows.NextAsync(cancellationToken))
            {
                tally.Count();
                var row = rows.Fault is null ? rows.Read() : default;
                if (rows.Fault is null)
                {
                    await copy.WriteAsync(row, cancellationToken);
                }
                else
                {
                    tally.Reject(rows.Line, rows.FaultColumn, rows.Fault);
                }
            }

            await copy.CompleteAsync(cancellationToken);
        }

        return await tables.LoadCatalogAsync(rows.Columns, clock.GetUtcNow(), cancellationToken);
    }
}
