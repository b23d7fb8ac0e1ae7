using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Shop.WebApi.Http.Pipeline;

/// <summary>
/// Gives a body to what the server refuses before the shop ever sees it: a NUL or a broken escape in the path, a malformed header. The
/// server tells of it by this event while its answer can still be written, and closes the connection after it.
/// </summary>
internal sealed class ServerRefusals(DiagnosticListener diagnostics) : IObserver<KeyValuePair<string, object?>>, IHostedService
{
    private const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = diagnostics.Subscribe(this, name => name == BadRequest);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: BadRequest, Value: IFeatureCollection features }
            && features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException refusal
            && features.Get<IHttpResponseFeature>() is { HasStarted: false } response
            && features.Get<IHttpResponseBodyFeature>() is { } body
            && features.Get<IConnectionTransportFeature>() is { } connection
            && features.Get<IHttpRequestFeature>() is { Protocol: not ("HTTP/2" or "HTTP/3") })
        {
            var problem = JsonSerializer.SerializeToUtf8Bytes(Problem.Body(
                refusal.StatusCode, FrameworkRefusals.DescribeStatus(refusal.StatusCode), ActivityTraceId.CreateRandom().ToString()));
            response.StatusCode = refusal.StatusCode;
            response.Headers.ContentType = Problem.ContentType;
            response.Headers.CacheControl = "no-store";
            response.Headers.Connection = "close";
            response.Headers.ContentLength = problem.Length;

            // There is no stream to write to yet: the server writes its head, the body follows it straight onto the connection
            body.StartAsync().GetAwaiter().GetResult();
            connection.Transport.Output.Write(problem);
            connection.Transport.Output.FlushAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
