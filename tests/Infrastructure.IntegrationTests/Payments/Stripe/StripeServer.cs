using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Shop.Infrastructure.IntegrationTests.Payments.Stripe;

/// <summary>What goes wrong with a request.</summary>
internal enum Failure
{
    /// <summary>It is not handled, and answered as the fault says.</summary>
    Answer,

    /// <summary>It is handled, and never answered.</summary>
    HangAfter,

    /// <summary>It is not handled, and never answered.</summary>
    HangBefore,

    /// <summary>It is handled, and the connection cut.</summary>
    DropAfter,

    /// <summary>It is handled, but answered as the fault says.</summary>
    AnswerAfter,
}

/// <summary>A request that came in.</summary>
internal sealed record Received(
    string Method, string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Form);

/// <summary>A fault, for one request.</summary>
internal sealed record Fault(Failure Failure, int Status = 0, string Body = "", params (string Name, string Value)[] Headers);

/// <summary>A server that speaks as much of Stripe's public API as the gateway uses, and fails as told.</summary>
internal sealed class StripeServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Fault> _faults = new();
    private readonly Channel<bool> _hanging = Channel.CreateUnbounded<bool>();
    private int _requests;

    private StripeServer(WebApplication app, TimeProvider clock) => (_app, Ledger) = (app, new StripeLedger(clock));

    public StripeLedger Ledger { get; }

    public ConcurrentQueue<Received> Requests { get; } = new();

    public string Address => _app.Urls.Single();

    public static async Task<StripeServer> StartAsync(TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<KestrelServerOptions>(options => options.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new StripeServer(app, clock);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Lets the next requests fail, one after the other.</summary>
    public void Fail(params Fault[] faults)
    {
        foreach (var fault in faults)
            _faults.Enqueue(fault);
    }

    /// <summary>Waits until a request hangs.</summary>
    public async Task HangingAsync() => await _hanging.Reader.ReadAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        var request = http.Request;
        var received = new Received(
            request.Method,
            request.Path,
            request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            request.HasFormContentType ? (await request.ReadFormAsync()).ToDictionary(pair => pair.Key, pair => pair.Value.ToString()) : new Dictionary<string, string>());
        Requests.Enqueue(received);
        http.Response.Headers["Request-Id"] = $"req_{Interlocked.Increment(ref _requests)}";

        _faults.TryDequeue(out var fault);
        var handled = fault?.Failure is not (Failure.Answer or Failure.HangBefore);
        var (status, body, replayed) = handled ? Ledger.Handle(received) : (0, new JsonObject(), false);
        if (fault is null)
        {
            if (replayed)
                http.Response.Headers["Idempotent-Replayed"] = "true";
            await AnswerAsync(http, status, body.ToJsonString());
            return;
        }

        switch (fault.Failure)
        {
            case Failure.Answer or Failure.AnswerAfter:
                foreach (var (name, value) in fault.Headers)
                    http.Response.Headers[name] = value;
                await AnswerAsync(http, fault.Status, fault.Body);
                break;
            case Failure.DropAfter:
                http.Abort();
                break;
            default:
                await _hanging.Writer.WriteAsync(true);
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
        }
    }

    private static Task AnswerAsync(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body);
    }
}
