using System.Diagnostics;
using MediatR;
using Microsoft.Extensions.Logging;
using Shop.Domain.Common;

namespace Shop.Application.Common.Behaviors;

/// <summary>Says which request was refused and why, by name and code alone: contents may be private.</summary>
internal sealed partial class LoggingBehavior<TRequest, TResponse>(ILogger<LoggingBehavior<TRequest, TResponse>> log)
    : IPipelineBehavior<TRequest, TResponse>
    where TResponse : IOutcome<TResponse>
{
    private static readonly string Name = typeof(TRequest).Name;

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var started = Stopwatch.GetTimestamp();
        var response = await next();
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (response.Error is { } error)
        {
            Refused(log, Name, error.Code, elapsed);
        }
        else
        {
            Handled(log, Name, elapsed);
        }

        return response;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Request} handled in {Milliseconds:0.0} ms")]
    private static partial void Handled(ILogger log, string request, double milliseconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Request} refused: {Code}, after {Milliseconds:0.0} ms")]
    private static partial void Refused(ILogger log, string request, string code, double milliseconds);
}
