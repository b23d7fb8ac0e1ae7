using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Shop.Bench.Machine;

/// <summary>A program that serves HTTP, as a process of its own: the shop or the limit.</summary>
internal sealed class App : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly Process _process;
    private readonly string _log;
    private bool _disposed;

    private App(Process process, Uri address, string log) => (_process, Address, _log) = (process, address, log);

    public Uri Address { get; }

    public TimeSpan Cpu => ProcessTimes.Cpu(_process.Id);

    public long Memory => ProcessTimes.Resident(_process.Id);

    /// <summary>The most memory it occupied, in bytes, since <see cref="ForgetPeak"/>.</summary>
    public long PeakMemory => ProcessTimes.PeakResident(_process.Id);

    /// <summary>From the start of the process to the first answer to the probe.</summary>
    public TimeSpan Started { get; private set; }

    /// <summary>Starts a program and waits until it serves.</summary>
    /// <param name="program"><see cref="Shop"/> or <see cref="Limit"/>.</param>
    /// <param name="settings">Its configuration.</param>
    /// <param name="probe">A path that answers 200 with more than an empty array once it serves.</param>
    public static async Task<App> StartAsync(string program, IReadOnlyDictionary<string, string> settings, string probe)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var log = Path.Combine(Workplace.Folder, $"{Path.GetFileName(program)}-{address.Port}.log");
        var clock = Stopwatch.StartNew();
        var app = new App(Launch(program, [], log, new Dictionary<string, string>(settings) { ["ASPNETCORE_URLS"] = address.OriginalString }), address, log);
        Interruption.Covers(app);
        try
        {
            await app.WaitAsync(probe, clock);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one of the shop's verbs to its end.</summary>
    /// <returns>Its exit code and what it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string verb, IReadOnlyDictionary<string, string> settings)
    {
        var log = Path.Combine(Workplace.Folder, $"{verb}-{Guid.NewGuid():N}.log");
        using var process = Launch(Shop, [verb], log, settings);
        await process.WaitForExitAsync();
        return (process.ExitCode, (await File.ReadAllTextAsync(log)).Trim());
    }

    public const string Shop = "shop/Shop.WebApi.dll";

    public const string Limit = "bin/Limit/release/Shop.Limit.dll";

    /// <summary>Measures <see cref="PeakMemory"/> from now on.</summary>
    public void ForgetPeak() => ProcessTimes.ForgetPeak(_process.Id);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (!_process.HasExited)
        {
            using var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"]);
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task WaitAsync(string probe, Stopwatch clock)
    {
        using var http = new HttpClient { BaseAddress = Address };
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(probe);
                if (answer.IsSuccessStatusCode && (await answer.Content.ReadAsByteArrayAsync()).Length > "[]".Length)
                {
                    Started = clock.Elapsed;
                    return;
                }
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                // Not there yet
            }

            if (_process.HasExited || clock.Elapsed > StartTimeout)
                throw new BenchException($"{probe} was not served: {await File.ReadAllTextAsync(_log)}");
            await Task.Delay(Pause);
        }
    }

    /// <summary>
    /// The shell hands its process over, after sending the output to a file, so that nobody has to read it meanwhile. The shop is started as its users do, by
    /// <c>./run</c>, which hands the process over, too.
    /// </summary>
    private static Process Launch(string program, string[] arguments, string log, IReadOnlyDictionary<string, string> settings)
    {
        string[] command = program == Shop ? [Path.Combine(Workplace.Project, "run"), "--no-build"] : ["dotnet", Path.Combine(Workplace.Artifacts, program)];
        var start = new ProcessStartInfo("/bin/sh", ["-c", """exec "$@" >"$0" 2>&1 </dev/null""", log, .. command, .. arguments]);
        foreach (var (setting, value) in settings)
            start.Environment[setting] = value;
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
