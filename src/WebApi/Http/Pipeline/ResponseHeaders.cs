using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Shop.Application.Common;
using Shop.Infrastructure;

namespace Shop.WebApi.Http.Pipeline;

/// <summary>The headers that every answer carries: what browsers may do with it, and who may keep it.</summary>
internal sealed class ResponseHeaders(RequestDelegate next, ShopSettings settings)
{
    private const string DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>The page to try the API on brings its scripts along; its style sheets and pictures are partly inline.</summary>
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private readonly bool _variesByOrigin = settings.CorsOrigins is { Count: > 0 } origins && !origins.Contains("*");

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            Protect(context.Response);
            Cache(context);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static void Protect(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true ? PagePolicy : DataPolicy;
    }

    private void Cache(HttpContext context)
    {
        var headers = context.Response.Headers;
        var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!reads || context.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            headers.CacheControl = "no-store";
            return;
        }

        var access = context.GetEndpoint()?.Metadata.GetMetadata<AccessAttribute>()?.Who;
        if (StringValues.IsNullOrEmpty(headers.CacheControl))
        {
            headers.CacheControl = access is null or Who.Anyone ? "public, max-age=0, must-revalidate" : "private, no-cache";
        }

        if (access is not (null or Who.Anyone))
        {
            headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.Authorization);
        }

        if (access == Who.Guest)
        {
            headers.AppendCommaSeparatedValues(HeaderNames.Vary, CartToken.Header);
        }

        if (_variesByOrigin && !headers.GetCommaSeparatedValues(HeaderNames.Vary).Contains(HeaderNames.Origin))
        {
            headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.Origin);
        }
    }
}
