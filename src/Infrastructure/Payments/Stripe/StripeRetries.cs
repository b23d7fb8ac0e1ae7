using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Shop.Infrastructure.Payments.Stripe;

/// <summary>
/// When a call is sent again: every POST carries its idempotency key and every GET changes nothing, so that repeating is always safe
/// (<see href="https://docs.stripe.com/error-low-level"/>).
/// </summary>
internal static class StripeRetries
{
    private const int MaxRetries = 4;

    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ShortestAttempt = TimeSpan.FromSeconds(1);

    private static readonly ResiliencePropertyKey<long> Started = new("stripe.started");

    private static readonly ResiliencePropertyKey<bool> Doubt = new("stripe.doubt");

    /// <summary>Tries again until the time is up; one try takes half of it at most, so that there is a second one.</summary>
    /// <param name="timeout">For all tries of one call.</param>
    /// <param name="clock">The time.</param>
    public static ResiliencePipeline<StripeAnswer> Pipeline(TimeSpan timeout, TimeProvider clock)
    {
        TimeSpan Left(ResilienceContext context) => timeout - clock.GetElapsedTime(context.Properties.GetValue(Started, 0L));

        return new ResiliencePipelineBuilder<StripeAnswer> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<StripeAnswer>
            {
                MaxRetryAttempts = MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(500),
                MaxDelay = MaxDelay,
                DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter),
                ShouldHandle = args => ValueTask.FromResult(
                    IsPassing(args.Outcome, args.Context) && Left(args.Context) > Longest(args.Outcome.Result?.RetryAfter, MaxDelay)),
                OnRetry = args =>
                {
                    args.Context.Properties.Set(Doubt, IsInDoubt(args.Context) || LeavesDoubt(args.Outcome));
                    return default;
                },
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = args => ValueTask.FromResult(Longest(Shortest(timeout / 2, Left(args.Context)), ShortestAttempt)),
            })
            .Build();
    }

    /// <summary>Starts the time of a call.</summary>
    public static void Start(ResilienceContext context, TimeProvider clock) => context.Properties.Set(Started, clock.GetTimestamp());

    /// <summary>Whether a try before the last may have gone through.</summary>
    public static bool IsInDoubt(ResilienceContext context) => context.Properties.GetValue(Doubt, false);

    /// <summary>Whether an exception says that the line was cut or slow, and not that the caller gave up.</summary>
    public static bool IsBroken(Exception exception, CancellationToken caller) =>
        exception is HttpRequestException or TimeoutRejectedException
        || (exception is OperationCanceledException && !caller.IsCancellationRequested);

    /// <summary>Whether the request never left: there was no connection to send it over.</summary>
    public static bool WasNeverSent(Exception exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    private static bool IsPassing(Outcome<StripeAnswer> outcome, ResilienceContext context) => outcome switch
    {
        { Exception: { } exception } => IsBroken(exception, context.CancellationToken),
        { Result: { } answer } => answer.ShouldRetry
            ?? answer.Status is HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        _ => false,
    };

    private static bool LeavesDoubt(Outcome<StripeAnswer> outcome) => outcome switch
    {
        { Exception: { } exception } => !WasNeverSent(exception),
        { Result: { } answer } => !answer.IsRefusal,
        _ => true,
    };

    private static TimeSpan Longest(TimeSpan? one, TimeSpan other) => one > other ? one.Value : other;

    private static TimeSpan Shortest(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
