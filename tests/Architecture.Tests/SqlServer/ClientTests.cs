using System.Data;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application;
using Shop.Domain.Catalog;
using Shop.Infrastructure;
using Shop.Infrastructure.Audit;
using Shop.Infrastructure.Persistence.SqlServer;
using Shop.Infrastructure.Startup;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>
/// That the client has every assembly that it touches on the way: against a port where nobody listens, only the connection may be missing.
/// </summary>
[Parallelizable(ParallelScope.Children)]
public sealed class ClientTests
{
    private static readonly string[] MissingParts = [nameof(FileNotFoundException), nameof(TypeLoadException), nameof(MissingMethodException), nameof(BadImageFormatException)];

    [Test]
    public async Task A_command_with_parameters_lacks_only_the_server()
    {
        await using var connection = new SqlConnection(ClosedPort());
        await using var command = new SqlCommand("SELECT @text, @number, @time, @bytes", connection);
        command.Parameters.AddWithValue("text", "x");
        command.Parameters.AddWithValue("number", 1.5m);
        command.Parameters.AddWithValue("time", DateTimeOffset.UtcNow);
        command.Parameters.AddWithValue("bytes", new byte[32]);
        command.Parameters.Add(new SqlParameter("out", SqlDbType.Int) { Direction = ParameterDirection.Output });

        ShouldLackOnlyTheServer(await Should.ThrowAsync<SqlException>(async () =>
        {
            await connection.OpenAsync();
            await command.ExecuteNonQueryAsync();
        }));
    }

    [Test]
    public async Task Saving_lacks_only_the_server()
    {
        await using var db = SqlServerShopDbContext.On(ClosedPort());
        db.StockMovements.Add(StockMovement.Of(1, 2, StockReason.Listed, orderId: null, DateTimeOffset.UtcNow));

        ShouldLackOnlyTheServer(await Should.ThrowAsync<SqlException>(() => db.SaveChangesAsync()));
    }

    [Test]
    public async Task A_bulk_copy_lacks_only_the_server()
    {
        await using var db = SqlServerShopDbContext.On(ClosedPort());
        await using var copy = new SqlServerBulkCopy<long>(db, "[dbo].[t]", [("line", typeof(long))], row => [row]);
        await copy.WriteAsync(1, default);

        // Asked of the connection before anything is sent
        (await Should.ThrowAsync<InvalidOperationException>(() => copy.CompleteAsync(default))).Message.ShouldContain("open");
    }

    [Test]
    public void What_user_defined_types_are_described_by_is_there() =>
        typeof(SqlConnection).Assembly.GetReferencedAssemblies().Where(name => name.Name == "Microsoft.SqlServer.Server")
            .Select(name => System.Reflection.Assembly.Load(name).GetName().Version!.Major).ShouldBe([1]);

    private static IEnumerable<TestCaseData<Func<IServiceProvider, Task>>> Verbs =>
    [
        new TestCaseData<Func<IServiceProvider, Task>>(services => ShopDatabase.MigrateAsync(services, default)).SetArgDisplayNames("migrate"),
        new TestCaseData<Func<IServiceProvider, Task>>(services => ShopAudit.RunAsync(services, default)).SetArgDisplayNames("audit"),
    ];

    [TestCaseSource(nameof(Verbs))]
    public async Task Without_server_it_says_in_one_line_which_and_what_to_set(Func<IServiceProvider, Task> verb)
    {
        var connection = ClosedPort();
        var settings = ShopSettings.From(
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Shop:Database"] = "SqlServer",
                ["ConnectionStrings:Shop"] = connection,
            }).Build(),
            isDevelopment: false);
        await using var services = new ServiceCollection().AddLogging().AddApplication().AddInfrastructure(settings).BuildServiceProvider();
        await using var database = await ShopDatabase.StartAsync(services, visit: true, default);

        var message = (await Should.ThrowAsync<SettingException>(() => verb(services))).Message;

        message.ShouldContain($"'{new SqlConnectionStringBuilder(connection).DataSource}'");
        message.ShouldContain("ConnectionStrings:Shop");
        message.ShouldNotContain("\n");
        message.ShouldNotContain("secret");
    }

    private static void ShouldLackOnlyTheServer(SqlException exception)
    {
        exception.Class.ShouldBeGreaterThanOrEqualTo((byte)20, "the connection fails, not the statement");
        MissingParts.ShouldAllBe(part => !exception.ToString().Contains(part));
    }

    /// <summary>A port that was free a moment ago.</summary>
    private static string ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        return $"Server=127.0.0.1,{port};Database=shop;User Id=shop;Password=secret;Encrypt=True;TrustServerCertificate=True;ConnectRetryCount=0;Connect Timeout=5";
    }
}
