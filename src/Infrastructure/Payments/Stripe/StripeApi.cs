using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Polly;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Payments.Stripe;

/// <summary>
/// Stripe's REST API over HTTP: what is sent, how often, and whether the answer says what happened. Logs say which call and how it ended, never what
/// was in it.
/// </summary>
internal sealed partial class StripeApi(HttpClient http, StripeSettings settings, TimeProvider clock, ILogger<StripeApi> logger)
{
    private readonly ResiliencePipeline<StripeAnswer> _pipeline = StripeRetries.Pipeline(settings.Timeout, clock);

    /// <summary>Changes something, once for each key.</summary>
    /// <param name="path">Relative, without a query.</param>
    /// <param name="key">The idempotency key.</param>
    /// <param name="form">The fields of the body.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>A success or a refusal.</returns>
    /// <exception cref="PaymentOutcomeUnknownException">Nobody can tell whether it was done.</exception>
    /// <exception cref="PaymentProviderException">Stripe could not be reached at all.</exception>
    public Task<StripeAnswer> PostAsync(string path, string key, IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken) =>
        SendAsync(
            path,
            () => new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form), Headers = { { "Idempotency-Key", key } } },
            cancellationToken);

    /// <summary>Reads something.</summary>
    /// <param name="path">Relative.</param>
    /// <param name="query">Without its question mark, already encoded.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>A success or a refusal.</returns>
    /// <exception cref="PaymentOutcomeUnknownException">There was no clear answer.</exception>
    /// <exception cref="PaymentProviderException">Stripe could not be reached at all.</exception>
    public async Task<StripeAnswer> GetAsync(string path, string query, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(path, () => new HttpRequestMessage(HttpMethod.Get, $"{path}?{query}"), cancellationToken);
        answer.InDoubt = false;
        return answer;
    }

    private async Task<StripeAnswer> SendAsync(string path, Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            StripeRetries.Start(context, clock);
            var answer = await _pipeline.ExecuteAsync(
                static async (context, state) => await state.Api.TryAsync(state.path, state.request, context.CancellationToken),
                context,
                (Api: this, path, request));
            answer.InDoubt = StripeRetries.IsInDoubt(context);
            return answer.IsSuccess || answer.IsRefusal ? answer : throw answer.Unclear("does not say what became of it");
        }
        catch (Exception exception) when (StripeRetries.IsBroken(exception, cancellationToken))
        {
            throw StripeRetries.WasNeverSent(exception) && !StripeRetries.IsInDoubt(context)
                ? new PaymentProviderException($"Stripe can't be reached for {path}.", exception)
                : new PaymentOutcomeUnknownException($"Stripe did not answer to {path} in time, or the connection broke.", exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<StripeAnswer> TryAsync(string path, Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var request = create();
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var answer = new StripeAnswer($"{request.Method} {path}", response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken))
            {
                RequestId = HeaderOf(response, "Request-Id"),
                ShouldRetry = bool.TryParse(HeaderOf(response, "Stripe-Should-Retry"), out var retry) ? retry : null,
                RetryAfter = RetryAfterOf(response),
            };
            var level = answer.IsSuccess ? LogLevel.Information : LogLevel.Warning;
            var milliseconds = MillisecondsSince(started);
            Answered(logger, level, request.Method, path, (int)answer.Status, answer.RequestId, milliseconds);
            return answer;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            var (reason, milliseconds) = (exception.GetType().Name, MillisecondsSince(started));
            Broke(logger, request.Method, path, reason, milliseconds);
            throw;
        }
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response)
    {
        var after = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date - clock.GetUtcNow());
        return after < TimeSpan.Zero ? TimeSpan.Zero : after;
    }

    private static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static long MillisecondsSince(long started) => (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds;

    [LoggerMessage(Message = "Stripe: {Method} {Path} answered {Status}, request {RequestId}, after {Milliseconds} ms.")]
    private static partial void Answered(
        ILogger logger, LogLevel level, HttpMethod method, string path, int status, string? requestId, long milliseconds);

    [LoggerMessage(LogLevel.Warning, "Stripe: {Method} {Path} broke off with {Reason} after {Milliseconds} ms.")]
    private static partial void Broke(ILogger logger, HttpMethod method, string path, string reason, long milliseconds);
}
