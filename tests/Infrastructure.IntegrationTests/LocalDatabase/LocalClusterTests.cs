using System.Runtime.Versioning;
using Npgsql;
using Shop.Infrastructure.LocalDatabase;
using Shop.TestKit;

namespace Shop.Infrastructure.IntegrationTests.LocalDatabase;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[UnsupportedOSPlatform("windows")]
public sealed class LocalClusterTests : IDisposable
{
    private const UnixFileMode ForOwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly string _path = TestFolders.NewPath();

    public void Dispose() => TestFolders.TryDelete(_path);

    [Test]
    public async Task A_new_folder_becomes_a_usable_database()
    {
        await using var cluster = await StartAsync();

        (await AskAsync(cluster, "SELECT current_database()")).ShouldBe("shop");
        (await AskAsync(cluster, "SHOW server_encoding")).ShouldBe("UTF8");
        (await AskAsync(cluster, "SELECT datcollate FROM pg_database WHERE datname = 'shop'")).ShouldBe("C.UTF-8");
        (await AskAsync(cluster, "SHOW listen_addresses")).ShouldBe("");
        (await AskAsync(cluster, "SELECT lower('ÄÖ')")).ShouldBe("äö");
    }

    [Test]
    public async Task Data_is_there_after_a_restart()
    {
        await Clusters.PutAsync(_path);
        await using (var cluster = await StartAsync())
            await AskAsync(cluster, "CREATE TABLE mine AS SELECT 42 AS answer");

        await using var again = await StartAsync();
        (await AskAsync(again, "SELECT answer FROM mine")).ShouldBe("42");
    }

    [Test]
    public async Task Disposing_stops_the_server_and_frees_the_folder()
    {
        await Clusters.PutAsync(_path);
        var cluster = await StartAsync();
        var server = cluster.ServerPid!.Value;
        await cluster.DisposeAsync();
        await cluster.DisposeAsync();

        IsAlive(server).ShouldBeFalse();
        File.Exists(Path.Combine(_path, "postgres", "postmaster.pid")).ShouldBeFalse();
        await using var taken = await StartAsync();
    }

    [Test]
    public async Task A_second_owner_is_refused_with_a_line_that_says_who_and_what_to_do()
    {
        await Clusters.PutAsync(_path);
        await using var first = await StartAsync();

        var refusal = await Should.ThrowAsync<LocalDatabaseException>(() => StartAsync());

        refusal.Message.ShouldContain(_path);
        refusal.Message.ShouldContain($"(process {Environment.ProcessId})");
        refusal.Message.ShouldContain("Shop__DataDirectory");
        refusal.Message.ShouldNotContain("\n");
        (await AskAsync(first, "SELECT 1")).ShouldBe("1");
    }

    [Test]
    public async Task A_visitor_uses_the_server_of_a_running_owner_and_leaves_it_running()
    {
        await Clusters.PutAsync(_path);
        await using var owner = await StartAsync();
        await AskAsync(owner, "CREATE TABLE seen AS SELECT 7 AS number");

        await using (var visitor = await StartAsync(LocalClusterRole.Visitor))
        {
            visitor.ServerPid.ShouldBeNull();
            (await AskAsync(visitor, "SELECT number FROM seen")).ShouldBe("7");
        }

        (await AskAsync(owner, "SELECT number FROM seen")).ShouldBe("7");
    }

    [Test]
    public async Task A_visitor_starts_a_server_when_none_runs_and_stops_it()
    {
        await Clusters.PutAsync(_path);
        int server;
        await using (var visitor = await StartAsync(LocalClusterRole.Visitor))
        {
            server = visitor.ServerPid.ShouldNotBeNull();
            (await AskAsync(visitor, "SELECT 1")).ShouldBe("1");
        }

        IsAlive(server).ShouldBeFalse();
    }

    [Test]
    public async Task A_visitor_that_comes_while_an_owner_starts_waits_for_it()
    {
        var owner = StartAsync();
        var visitor = StartAsync(LocalClusterRole.Visitor);

        await using var owning = await owner;
        await using var visiting = await visitor;
        (await AskAsync(visiting, "SELECT current_database()")).ShouldBe("shop");
        visiting.ServerPid.ShouldBeNull();
    }

    [Test]
    public async Task Visitors_that_start_their_own_server_take_turns()
    {
        await Clusters.PutAsync(_path);
        var first = await StartAsync(LocalClusterRole.Visitor);
        var second = StartAsync(LocalClusterRole.Visitor);
        second.IsCompleted.ShouldBeFalse();

        await first.DisposeAsync();
        await using var alone = await second;
        alone.ServerPid.ShouldNotBeNull().ShouldNotBe(first.ServerPid!.Value);
    }

    [Test]
    public async Task Only_the_owner_of_the_files_can_read_them()
    {
        await using var cluster = await StartAsync();

        File.GetUnixFileMode(Path.Combine(_path, "password")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Path.Combine(_path, "postgres")).ShouldBe(ForOwnerOnly);
        File.GetUnixFileMode(Path.Combine(_path, "run")).ShouldBe(ForOwnerOnly);
        File.GetUnixFileMode(Path.Combine(_path, "postgres.log")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Test]
    public async Task A_wrong_password_is_refused()
    {
        await Clusters.PutAsync(_path);
        await using var cluster = await StartAsync();
        var wrong = new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Password = "guess", Pooling = false };

        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        var refusal = await Should.ThrowAsync<PostgresException>(() => connection.OpenAsync());
        refusal.SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Test]
    public async Task A_path_too_long_for_a_socket_works()
    {
        var deep = Path.Combine(_path, new string('d', 60), new string('e', 60));
        string sockets;
        await using (var cluster = await StartAsync(LocalClusterRole.Owner, deep))
        {
            (await AskAsync(cluster, "SELECT 1")).ShouldBe("1");
            sockets = new NpgsqlConnectionStringBuilder(cluster.ConnectionString).Host!;
            File.GetUnixFileMode(sockets).ShouldBe(ForOwnerOnly);
            await using var visitor = await StartAsync(LocalClusterRole.Visitor, deep);
            (await AskAsync(visitor, "SELECT 2")).ShouldBe("2");
        }

        Directory.Exists(sockets).ShouldBeFalse();
    }

    private Task<LocalCluster> StartAsync(LocalClusterRole role = LocalClusterRole.Owner, string? path = null) =>
        Clusters.StartAsync(path ?? _path, role);

    private static Task<string?> AskAsync(LocalCluster cluster, string sql) => Clusters.AskAsync(cluster, sql);

    private static bool IsAlive(int pid) => Clusters.IsAlive(pid);
}
