using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Shop.WebApi.FunctionalTests.Webhooks;

/// <summary>Another system: a server of its own that notes what it is sent and answers what the test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<Received> _received = new();
    private readonly SemaphoreSlim _changed = new(0);
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    /// <summary>Its address, on 127.0.0.1.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>What it answers; 200 unless said.</summary>
    public Func<Received, HttpContext, Task> Behaviour { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What came, in the order in which it came.</summary>
    public IReadOnlyList<Received> All => [.. _received];

    /// <summary>Answers with a status.</summary>
    public int Answers
    {
        set => Behaviour = (_, context) =>
        {
            context.Response.StatusCode = value;
            return Task.CompletedTask;
        };
    }

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.ReceiveAsync);
        await app.StartAsync();
        receiver.Url = new Uri(app.Urls.Single());
        return receiver;
    }

    /// <summary>Waits until it got what the test waits for.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<Received>, bool> isThere)
    {
        while (!isThere(All))
        {
            (await _changed.WaitAsync(Patience)).ShouldBeTrue($"It got only {string.Join(", ", All.Select(each => $"{each.Type} {each.Aggregate}"))}.");
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var received = new Received(
            context.Request.Method,
            context.Request.Path,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
        _received.Enqueue(received);
        _changed.Release();
        await Behaviour(received, context);
    }
}

/// <summary>A request that came.</summary>
internal sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public JsonElement Json { get; } = Body.Length == 0 ? default : JsonDocument.Parse(Body).RootElement;

    public Guid Id => Json.GetProperty("id").GetGuid();

    public string Type => Json.GetProperty("type").GetString()!;

    public long Sequence => Json.GetProperty("sequence").GetInt64();

    public long Aggregate => Json.GetProperty("data").GetProperty("id").GetInt64();

    /// <summary>When it was signed.</summary>
    public DateTimeOffset SignedAt => DateTimeOffset.FromUnixTimeSeconds(long.Parse(SignatureParts("t").Single(), CultureInfo.InvariantCulture));

    public int Signatures => SignatureParts("v1").Count();

    /// <summary>Whether any signature is that of a secret, computed as the contract says.</summary>
    public bool IsSignedBy(string secret)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{SignatureParts("t").Single()}."), .. Body];
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(secret));
        return SignatureParts("v1").Contains(Convert.ToHexStringLower(hmac.ComputeHash(signed)));
    }

    private IEnumerable<string> SignatureParts(string name) =>
        Headers["Shop-Signature"].Split(',').Select(part => part.Split('=', 2)).Where(part => part[0] == name).Select(part => part[1]);
}
