using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Shop.Infrastructure.Persistence;
using Shop.Infrastructure.Startup;

namespace Shop.Infrastructure.Audit;

/// <summary>Compares the books with themselves.</summary>
public static class ShopAudit
{
    private const int IdsShown = 10;

    /// <summary>
    /// Checks every invariant in one transaction that sees the shop as it was at one moment, so that a running shop looks no different
    /// from one that rests. The database does the work; only the ids of what is broken come over.
    /// </summary>
    /// <param name="services">The composed shop.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SettingException">The schema is older than the shop, or the database can't be used.</exception>
    public static async Task<IReadOnlyList<AuditFinding>> RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var reads = scope.ServiceProvider.GetRequiredService<SnapshotReads>();
        return await ShopDatabase.ReachAsync(scope.ServiceProvider, async db =>
        {
            if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            {
                throw new SettingException("The database is older than this shop; run ./run migrate first, then audit again.");
            }

            return await db.Database.CreateExecutionStrategy().ExecuteAsync(() => CheckAsync(db, reads.Level, cancellationToken));
        });
    }

    private static async Task<IReadOnlyList<AuditFinding>> CheckAsync(ShopDbContext db, IsolationLevel level, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(level, cancellationToken);
        var findings = new List<AuditFinding>();
        foreach (var invariant in Invariants.All)
        {
            findings.Add(await CheckAsync(invariant, db, transaction.GetDbTransaction(), cancellationToken));
        }

        return findings;
    }

    private static async Task<AuditFinding> CheckAsync(
        Invariant invariant, ShopDbContext db, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandTimeout = 0;
        var yesterday = command.CreateParameter();
        (yesterday.ParameterName, yesterday.Value) = ("yesterday", DateTimeOffset.UtcNow.AddDays(-1));
        command.Parameters.Add(yesterday);
        command.CommandText = $"SELECT id FROM ({invariant.Offenders(db.Dialect)}) offenders ORDER BY id";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<long>(IdsShown);
        var broken = 0L;
        for (; await reader.ReadAsync(cancellationToken); broken++)
        {
            if (broken < IdsShown)
            {
                ids.Add(reader.GetInt64(0));
            }
        }

        return new AuditFinding(invariant.Name, invariant.Sentence, invariant.Subject, broken, ids);
    }
}

/// <summary>Whether an invariant holds.</summary>
/// <param name="Name">What it is called, snake_case.</param>
/// <param name="Sentence">What should hold.</param>
/// <param name="Subject">What breaks it, in the plural.</param>
/// <param name="Broken">How many of them do; 0 when it holds.</param>
/// <param name="Ids">The ids of the first ten.</param>
public sealed record AuditFinding(string Name, string Sentence, string Subject, long Broken, IReadOnlyList<long> Ids)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds => Broken == 0;

    /// <summary>One line for a person.</summary>
    public override string ToString() =>
        Holds ? $"ok      {Name}: {Sentence}"
        : $"BROKEN  {Name}: {Sentence} {Broken} {Subject} break it: {string.Join(", ", Ids)}{(Broken > Ids.Count ? ", …" : "")}";
}
