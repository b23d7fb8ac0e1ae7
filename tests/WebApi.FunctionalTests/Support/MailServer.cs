using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>A real mail server, npm's smtp-server, in a process of its own (tests/mail-server).</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string Folder = Path.Combine(FindRoot(), "tests", "mail-server");
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    private readonly ConcurrentQueue<JsonElement> _said = new();
    private readonly Process _process;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MailServer(Process process) => _process = process;

    public int Port { get; private set; }

    /// <summary>What a shop is configured with to use it.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["Shop:Mail:Host"] = "localhost",
        ["Shop:Mail:Port"] = $"{Port}",
    };

    /// <summary>Mails that were taken, in the order in which they came.</summary>
    public IReadOnlyList<ReceivedMail> Taken => [.. _said.Where(each => Event(each) == "taken").Select(each => new ReceivedMail(each))];

    /// <summary>Starts one.</summary>
    /// <param name="arguments">As server.mjs takes them.</param>
    public static async Task<MailServer> StartAsync(params IEnumerable<string> arguments)
    {
        await Installed.Value;
        var start = new ProcessStartInfo("node", ["server.mjs", .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var server = new MailServer(Process.Start(start)!);
        server._process.OutputDataReceived += (_, line) => server.Hear(line.Data);
        server._process.BeginOutputReadLine();
        server.Port = (await server.UntilAsync(each => Event(each) == "listening")).GetProperty("port").GetInt32();
        return server;
    }

    /// <summary>Waits for the first mail to somebody that is as wanted.</summary>
    public async Task<ReceivedMail> MailToAsync(string address, Func<ReceivedMail, bool>? isWanted = null) => new(await UntilAsync(each =>
        Event(each) == "taken" && new ReceivedMail(each) is var mail && mail.To == address && (isWanted?.Invoke(mail) ?? true)));

    /// <summary>All mails to somebody so far.</summary>
    public IReadOnlyList<ReceivedMail> MailsTo(string address) => [.. Taken.Where(mail => mail.To == address)];

    /// <summary>Refuses the next mails for now.</summary>
    public async Task RefuseAsync(int count)
    {
        await _process.StandardInput.WriteLineAsync($"refuse {count}");
        await UntilAsync(each => Event(each) == "told");
    }

    /// <summary>Waits until it has refused so many mails.</summary>
    public Task UntilRefusedAsync(int count) => UntilAsync(_ => _said.Count(each => Event(each) == "refused") >= count);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string? Event(JsonElement said) => said.GetProperty("event").GetString();

    private static async Task InstallAsync()
    {
        var installed = File.GetLastWriteTimeUtc(Path.Combine(Folder, "node_modules", ".package-lock.json")); // long ago when it is not there
        if (installed >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
        {
            return;
        }

        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--silent"]) { WorkingDirectory = Folder })!;
        await npm.WaitForExitAsync();
        npm.ExitCode.ShouldBe(0, $"npm ci in {Folder}");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Shop.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Shop.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }

    private void Hear(string? line)
    {
        if (line is not null)
        {
            _said.Enqueue(JsonDocument.Parse(line).RootElement);
            Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }

    private async Task<JsonElement> UntilAsync(Func<JsonElement, bool> isThere)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            foreach (var said in _said.Where(isThere))
            {
                return said;
            }

            await changed.WaitAsync(Patience);
        }
    }
}

/// <summary>A mail as the server took it, parsed.</summary>
internal sealed class ReceivedMail(JsonElement mail)
{
    public string To => mail.GetProperty("to").GetString()!;

    public string From => $"{mail.GetProperty("from").GetProperty("name").GetString()} <{mail.GetProperty("from").GetProperty("address").GetString()}>";

    public string Subject => mail.GetProperty("subject").GetString()!;

    public string MessageId => mail.GetProperty("message_id").GetString()!;

    public string Text => mail.GetProperty("text").GetString()!;

    public string Html => mail.GetProperty("html").GetString()!;

    public string Raw => mail.GetProperty("raw").GetString()!;

    public bool IsEncrypted => mail.GetProperty("encrypted").GetBoolean();

    public int Recipients => mail.GetProperty("recipients").GetInt32();

    public string? User => mail.TryGetProperty("user", out var user) ? user.GetString() : null;

    /// <summary>Names of its headers.</summary>
    public IReadOnlyList<string> Headers => [.. mail.GetProperty("headers").EnumerateArray().Select(header => header.GetProperty("key").GetString()!)];

    /// <summary>The token of its link, the same in both parts.</summary>
    public string Token
    {
        get
        {
            var token = Find(Text);
            Find(Html).ShouldBe(token);
            return token;
        }
    }

    private static string Find(string part) => System.Text.RegularExpressions.Regex.Match(part, "[?]token=([A-Za-z0-9_-]{43})[\"\\s]").Groups[1].Value;
}
