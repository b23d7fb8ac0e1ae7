using Microsoft.EntityFrameworkCore;
using Shop.Domain.Catalog;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>How EF Core saves many rows whose keys the database makes.</summary>
public sealed class BatchTests
{
    private const int Rows = 5;

    [Test]
    public async Task By_itself_it_merges_them() => (await SaveAsync(maxBatchSize: null)).ShouldContain(statement => Merges(statement));

    /// <summary>Not every server that speaks the protocol knows MERGE.</summary>
    [Test]
    public async Task One_at_a_time_it_inserts_them()
    {
        var statements = await SaveAsync(maxBatchSize: 1);

        statements.ShouldNotContain(statement => Merges(statement));
        statements.Count(statement => statement.Contains("INSERT INTO [stock_movements]", StringComparison.Ordinal)).ShouldBe(Rows);
    }

    private static bool Merges(string statement) => statement.Contains("MERGE", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> SaveAsync(int? maxBatchSize)
    {
        await using var shop = new OfflineShop(maxBatchSize);
        shop.Db.StockMovements.AddRange(Enumerable.Range(1, Rows).Select(product => StockMovement.Of(product, 2, StockReason.Listed, orderId: null, OfflineShop.Now)));
        try
        {
            await shop.Db.SaveChangesAsync();
        }
        catch (DbUpdateException)
        {
            // A merge is answered by more than the recorder says
        }

        return shop.Recorder.Statements;
    }
}
