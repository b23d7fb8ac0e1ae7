using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Shop.Infrastructure.Caching;
using Shop.TestKit;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>A whole shop on a real port, with a database of its own.</summary>
public sealed class ShopServer : WebApplicationFactory<Program>
{
    public const string AdminEmail = "admin@shop.example";
    public const string AdminPassword = "the-admins-password";

    public const string WebhookSecret = "the-sandbox-signs-with-this";

    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly Action<IServiceCollection>? _services;
    private readonly bool _ownsDatabase;

    private ShopServer(string connectionString, IReadOnlyDictionary<string, string> settings, Action<IServiceCollection>? services, bool ownsDatabase)
    {
        ConnectionString = connectionString;
        _settings = settings;
        _services = services;
        _ownsDatabase = ownsDatabase;
    }

    /// <summary>For looking behind the API, where HTTP can't show a thing.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts a shop on a fresh database.</summary>
    /// <param name="settings">Configuration that differs from the tests' own.</param>
    /// <param name="services">Services to replace.</param>
    public static async Task<ShopServer> StartAsync(
        IReadOnlyDictionary<string, string>? settings = null, Action<IServiceCollection>? services = null) =>
        Start(await TestCluster.CloneAsync(), settings, services, ownsDatabase: true);

    /// <summary>Starts a shop on a database that is there, as after a crash.</summary>
    /// <param name="connectionString">The database, which stays.</param>
    /// <param name="services">Services to replace.</param>
    /// <param name="settings">Configuration that differs from the tests' own.</param>
    public static ShopServer StartOn(
        string connectionString, Action<IServiceCollection>? services = null, IReadOnlyDictionary<string, string>? settings = null) =>
        Start(connectionString, settings, services, ownsDatabase: false);

    /// <summary>Starts another node on the same database.</summary>
    /// <param name="settings">Configuration that differs from the tests' own; the first node's unless given.</param>
    /// <param name="services">Services to replace; those of the first node unless given.</param>
    public ShopServer StartSecondNode(IReadOnlyDictionary<string, string>? settings = null, Action<IServiceCollection>? services = null) =>
        Start(ConnectionString, settings ?? _settings, services ?? _services, ownsDatabase: false);

    /// <summary>Somebody who is not signed in.</summary>
    public Actor Anonymous() => new(CreateClient());

    /// <summary>The shop's first admin.</summary>
    public async Task<Actor> AdminAsync() => await SignInAsync(AdminEmail, AdminPassword);

    /// <summary>A new user with a name of their own, signed in.</summary>
    public async Task<Actor> CustomerAsync()
    {
        var username = "user-" + Guid.NewGuid().ToString("N")[..12];
        var registered = await Anonymous().PostAsync("/auth/register", new { username, password = "correct horse" });
        registered.ShouldBe(201);
        var actor = await SignInAsync(username, "correct horse");
        actor.UserId = registered.Json.GetProperty("id").GetInt64();
        actor.Username = username;
        return actor;
    }

    /// <summary>Signs somebody in.</summary>
    public async Task<Actor> SignInAsync(string login, string password)
    {
        var actor = Anonymous();
        var answer = await actor.PostAsync("/auth/login", new { login, password });
        answer.ShouldBe(200);
        actor.Token = answer.Json.GetProperty("access_token").GetString()!;
        actor.RefreshToken = answer.Json.GetProperty("refresh_token").GetString()!;
        return actor;
    }

    /// <summary>
    /// One value straight from the database, past the shop, which is told: the statement may have changed what it caches. One that only
    /// PostgreSQL knows skips the test on SQL Server, and says so.
    /// </summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = TestCluster.Connect(ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = TestCluster.IsSqlServer ? BehindTheApi.OnSqlServer(sql) : sql;
        var value = (await command.ExecuteScalarAsync())!;
        Services.GetRequiredService<CatalogFreshness>().ChangeAll();
        return value is T already ? already : (T)Convert.ChangeType(value, typeof(T), System.Globalization.CultureInfo.InvariantCulture);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_ownsDatabase)
        {
            await TestCluster.ReturnAsync(ConnectionString);
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        var settings = new Dictionary<string, string>
        {
            ["Shop:Database"] = TestCluster.IsSqlServer ? "SqlServer" : "PostgreSql",
            ["ConnectionStrings:Shop"] = ConnectionString,
            ["Shop:Admin:Email"] = AdminEmail,
            ["Shop:Admin:Password"] = AdminPassword,
            ["Shop:Demo"] = "false",
            ["Shop:Payments:Provider"] = "sandbox",
            ["Shop:Payments:Sandbox:WebhookSecret"] = WebhookSecret,
            ["Shop:Jobs:Enabled"] = "false",
            ["Shop:RateLimits:Enabled"] = "false",
            ["Logging:LogLevel:Default"] = "Warning",
            ["hostBuilder:reloadConfigOnChange"] = "false", // dozens of shops in one process would use up the system's file watchers
        };
        foreach (var (name, value) in settings.Concat(_settings))
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000);
            _services?.Invoke(services);
        });
    }

    private static ShopServer Start(
        string connectionString, IReadOnlyDictionary<string, string>? settings, Action<IServiceCollection>? services, bool ownsDatabase)
    {
        var server = new ShopServer(connectionString, settings ?? new Dictionary<string, string>(), services, ownsDatabase);
        server.UseKestrel(0);
        server.StartServer();
        return server;
    }
}
