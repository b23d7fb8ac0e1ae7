using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Shop.Domain.Common;
using Shop.Infrastructure;

namespace Shop.WebApi.Http.Pipeline;

/// <summary>
/// How many requests a minute one sign-in may send, or one address without a valid token; so that nobody escapes their address's limit by
/// making up tokens. Each node counts for itself.
/// </summary>
internal static class RateLimits
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private static readonly Error TooManyRequests =
        new(ErrorKind.TooMany, "too_many_requests", "Too many requests; 'Retry-After' says in how many seconds to go on.");

    public static void Configure(RateLimiterOptions options, ShopSettings settings)
    {
        var limit = new FixedWindowRateLimiterOptions { PermitLimit = settings.RequestsPerMinute, Window = Window, QueueLimit = 0 };
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(
            context => RateLimitPartition.GetFixedWindowLimiter(CallerOf(context), _ => limit));
        options.OnRejected = (rejected, _) =>
        {
            var http = rejected.HttpContext;
            http.Response.Headers["RateLimit-Policy"] =
                string.Create(CultureInfo.InvariantCulture, $"\"{TooManyRequests.Code}\";q={limit.PermitLimit};w={(int)Window.TotalSeconds}");
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : Window;
            return new ValueTask(Problem.WriteAsync(http, StatusCodes.Status429TooManyRequests, TooManyRequests with { RetryAfter = wait }));
        };
    }

    private static string CallerOf(HttpContext context) =>
        context.User.FindFirstValue(ClaimTypes.Sid) is { } session ? "session " + session : "address " + CallerAddress.Of(context);
}
