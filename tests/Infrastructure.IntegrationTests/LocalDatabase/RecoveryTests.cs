using System.Globalization;
using System.Runtime.Versioning;
using Shop.Infrastructure.LocalDatabase;
using Shop.TestKit;

namespace Shop.Infrastructure.IntegrationTests.LocalDatabase;

/// <summary>What an earlier shop may have left in the folder when it did not end in good order.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[UnsupportedOSPlatform("windows")]
internal sealed class RecoveryTests : IDisposable
{
    private readonly string _path = TestFolders.NewPath();

    private string Cluster => Path.Combine(_path, "postgres");

    public void Dispose() => TestFolders.TryDelete(_path);

    [TestCase(LocalClusterRole.Owner)]
    [TestCase(LocalClusterRole.Visitor)]
    public async Task A_server_that_a_vanished_owner_has_left_running_is_replaced(LocalClusterRole next)
    {
        await Clusters.PutAsync(_path);

        using var abandoned = await StartWithoutLockAsync();

        await using var cluster = await StartAsync(next);

        abandoned.HasExited.ShouldBeTrue();
        cluster.ServerPid.ShouldNotBeNull().ShouldNotBe(abandoned.Pid);
        (await Clusters.AskAsync(cluster, "SELECT answer FROM kept")).ShouldBe("42");
    }

    [Test]
    public async Task Files_of_a_server_that_was_killed_do_not_hinder()
    {
        await Clusters.PutAsync(_path);
        using (var killed = await StartWithoutLockAsync())
            await KillAsync(killed);
        File.Exists(Path.Combine(Cluster, "postmaster.pid")).ShouldBeTrue();
        File.Exists(Path.Combine(_path, "run", ".s.PGSQL.5432.lock")).ShouldBeTrue();

        await using var cluster = await StartAsync();
        (await Clusters.AskAsync(cluster, "SELECT answer FROM kept")).ShouldBe("42");
    }

    [Test]
    public async Task A_stale_pid_file_that_names_a_living_foreign_process_does_not_hinder_and_spares_it()
    {
        await Clusters.PutAsync(_path);

        using var foreign = Command.Start([.. ServerAccount.Choose().Prefix, "sleep", "600"], captured: false);
        var told = string.Create(CultureInfo.InvariantCulture, $"{foreign.Id}\n{Cluster}\n1700000000\n5432\n{_path}/run\n\n");
        await File.WriteAllTextAsync(Path.Combine(Cluster, "postmaster.pid"), told);
        await File.WriteAllTextAsync(Path.Combine(_path, "run", ".s.PGSQL.5432.lock"), told);
        try
        {
            await using var cluster = await StartAsync();
            (await Clusters.AskAsync(cluster, "SELECT 1")).ShouldBe("1");
            foreign.HasExited.ShouldBeFalse();
        }
        finally
        {
            foreign.Kill();
        }
    }

    [Test]
    public async Task A_half_made_cluster_is_made_anew()
    {
        var half = Directory.CreateDirectory(Path.Combine(_path, "postgres.new-0123", "base")).FullName;
        await File.WriteAllTextAsync(Path.Combine(half, "..", "PG_VERSION"), "15\n");
        await File.WriteAllTextAsync(Path.Combine(_path, "password"), "half");

        await using var cluster = await StartAsync();

        (await Clusters.AskAsync(cluster, "SELECT 1")).ShouldBe("1");
        Directory.Exists(half).ShouldBeFalse();
    }

    [Test]
    public async Task Files_that_are_no_cluster_are_never_deleted()
    {
        Directory.CreateDirectory(Cluster);
        var precious = Path.Combine(Cluster, "precious");
        await File.WriteAllTextAsync(precious, "data");

        var refusal = await Should.ThrowAsync<LocalDatabaseException>(() => StartAsync());

        refusal.Message.ShouldContain(Cluster);
        File.Exists(precious).ShouldBeTrue();
    }

    [Test]
    public async Task Another_major_version_is_told_in_one_line()
    {
        Directory.CreateDirectory(Cluster);
        await File.WriteAllTextAsync(Path.Combine(Cluster, "PG_VERSION"), "8\n");

        var refusal = await Should.ThrowAsync<LocalDatabaseException>(() => StartAsync());

        refusal.Message.ShouldContain("was made by PostgreSQL 8, but only version ");
        refusal.Message.ShouldNotContain("\n");
    }

    [Test]
    public async Task A_lost_password_is_told()
    {
        await Clusters.PutAsync(_path);

        File.Delete(Path.Combine(_path, "password"));
        var refusal = await Should.ThrowAsync<LocalDatabaseException>(() => StartAsync());
        refusal.Message.ShouldContain(Path.Combine(_path, "password"));
    }

    [Test]
    public async Task A_server_that_does_not_start_shows_the_end_of_its_log()
    {
        await Clusters.PutAsync(_path);

        File.Delete(Path.Combine(Cluster, "global", "pg_control"));
        var refusal = await Should.ThrowAsync<LocalDatabaseException>(() => StartAsync());
        refusal.Message.ShouldContain("pg_control");
    }

    private Task<LocalCluster> StartAsync(LocalClusterRole role = LocalClusterRole.Owner) =>
        Clusters.StartAsync(_path, role);

    /// <summary>A server as it is left when the shop that started it is killed: nobody holds the folder's lock.</summary>
    private async Task<ServerProcess> StartWithoutLockAsync()
    {
        var folder = new ClusterFolder(_path);
        var binaries = await PostgresBinaries.FindAsync(Cluster, CancellationToken.None);
        var sockets = folder.CreateSocketFolder();
        var server = ServerProcess.Start(folder, binaries, ServerAccount.Choose(), sockets, Clusters.Small);
        await Readiness.WaitAsync(
            server, $"Host={sockets};Username=shop;Database=postgres;Password={folder.ReadPassword()}", TimeSpan.FromMinutes(1), CancellationToken.None);
        return server;
    }

    private static async Task KillAsync(ServerProcess server)
    {
        using var process = System.Diagnostics.Process.GetProcessById(server.Pid);
        process.Kill();
        await process.WaitForExitAsync();
    }
}
