using System.Diagnostics;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>A shop in a process of its own, which can die.</summary>
internal sealed class ShopProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private ShopProcess(Process process, string address)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri(address) };
    }

    /// <summary>Starts one in Development that kills itself at a fault point, and waits until it listens.</summary>
    /// <param name="connectionString">Its database.</param>
    /// <param name="crashAt">Where it dies.</param>
    /// <param name="settings">Configuration of the test's own.</param>
    public static async Task<ShopProcess> StartAsync(
        string connectionString, string crashAt, IReadOnlyDictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Shop__Database"] = "PostgreSql",
            ["ConnectionStrings__Shop"] = connectionString,
            ["Shop__Demo"] = "false",
            ["Shop__Admin__Email"] = ShopServer.AdminEmail,
            ["Shop__Admin__Password"] = ShopServer.AdminPassword,
            ["Shop__Faults__CrashAt"] = crashAt,
            ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false", // many processes would use up the system's file watchers
        })
        {
            start.Environment[name] = value;
        }

        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        const string Ready = "Shop is ready: ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new ShopProcess(process, line[Ready.Length..].Split(", ")[0]);
            }
        }

        await process.WaitForExitAsync();
        throw new InvalidOperationException($"The shop ended before it was ready, with {process.ExitCode}: {await errors}");
    }

    /// <summary>Its first admin.</summary>
    public async Task<Actor> AdminAsync()
    {
        var actor = new Actor(_http);
        actor.Token = (await actor.PostAsync("/auth/login", new { login = ShopServer.AdminEmail, password = ShopServer.AdminPassword })).ShouldBe(200).Text("access_token");
        return actor;
    }

    /// <summary>Sends what kills it.</summary>
    public async Task DiesOfAsync(Func<Task> request)
    {
        await Should.ThrowAsync<HttpRequestException>(request);
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits until it has died of what it does by itself.</summary>
    public Task DiesAsync() => _process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
