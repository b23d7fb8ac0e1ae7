using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Net.Http.Headers;
using Shop.Infrastructure;
using Shop.WebApi.Http.Caching;
using Shop.WebApi.Http.Idempotency;

namespace Shop.WebApi.Http.Pipeline;

/// <summary>What holds on every route: limits, headers, proxies, other origins.</summary>
internal static class ShopPipeline
{
    public static IServiceCollection AddShopPipeline(this IServiceCollection services, ShopSettings settings) =>
        services
            .Configure<KestrelServerOptions>(RequestLimits.Configure)
            .Configure<ForwardedHeadersOptions>(options => TrustProxies(options, settings))
            .AddHostedService<ServerRefusals>()
            .AddSingleton<AnswerCache>()
            .AddCors(options => options.AddDefaultPolicy(policy => Open(policy, settings)))
            .AddRateLimiter(options => RateLimits.Configure(options, settings));

    /// <summary>Before routing.</summary>
    public static void UseShopRules(this WebApplication app, ShopSettings settings)
    {
        if (settings.KnownProxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        app.UseMiddleware<ResponseHeaders>();
        if (!settings.IsDevelopment)
        {
            app.UseHsts();
        }

        app.UseExceptionHandler();
        app.UseStatusCodePages(FrameworkRefusals.WriteBodyAsync);
        app.UseMiddleware<RequestLimits>();
        app.UseMiddleware<HeadRequests>();
    }

    /// <summary>Between routing and the endpoints.</summary>
    public static void UseShopAccess(this WebApplication app, ShopSettings settings)
    {
        app.UseCors();
        app.UseAuthentication();
        if (settings.RateLimitsEnabled)
        {
            app.UseRateLimiter();
        }

        if (settings.CacheEnabled)
        {
            app.UseMiddleware<CachedAnswers>();
        }

        app.UseAuthorization();
        app.UseMiddleware<IdempotentBody>();
        app.UseMiddleware<CanonicalJsonBody>();
    }

    private static void TrustProxies(ForwardedHeadersOptions options, ShopSettings settings)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.ForwardLimit = null;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.KnownProxies)
        {
            options.KnownIPNetworks.Add(network);
        }
    }

    private static void Open(CorsPolicyBuilder policy, ShopSettings settings) => policy
        .WithOrigins([.. settings.CorsOrigins])
        .WithMethods("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
        .WithHeaders(
            HeaderNames.Authorization, HeaderNames.ContentType, IdempotencyHeader.Name, HeaderNames.IfMatch, HeaderNames.IfNoneMatch, CartToken.Header)
        .WithExposedHeaders(
            HeaderNames.ETag,
            HeaderNames.Link,
            HeaderNames.Location,
            HeaderNames.RetryAfter,
            CartToken.Header,
            PageHeaders.NextCursor,
            PageHeaders.TotalCount,
            IdempotencyHeader.Replayed)
        .SetPreflightMaxAge(TimeSpan.FromMinutes(10));
}
