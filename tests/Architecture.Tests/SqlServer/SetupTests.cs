using System.Data;
using Shop.Infrastructure.Persistence;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>What becomes of a shop whose role may not turn row versions on.</summary>
public sealed class SetupTests
{
    private const int NotAllowed = 5011;

    [Test]
    public async Task Reads_of_one_moment_use_snapshots()
    {
        await using var shop = new OfflineShop();

        await shop.Get<IDatabaseSetup>().ApplyAsync(default);

        shop.Get<SnapshotReads>().Level.ShouldBe(IsolationLevel.Snapshot);
    }

    [Test]
    public async Task Where_snapshots_are_refused_they_hold_writers_up()
    {
        await using var shop = new OfflineShop();
        shop.Recorder.Refuse("ALTER DATABASE", ErrorTests.Error(NotAllowed, "User does not have permission to alter database 'shop'."));

        await shop.Get<IDatabaseSetup>().ApplyAsync(default);

        shop.Get<SnapshotReads>().Level.ShouldBe(IsolationLevel.Serializable);
    }
}
