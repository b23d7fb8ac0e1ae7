using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Shop.Application.Abstractions;

namespace Shop.WebApi.Http.Caching;

/// <summary>
/// Answers from the cache where a route allows it, before anything is read. All that comes earlier holds for these answers too: limits,
/// other origins, the headers that every answer carries.
/// </summary>
internal sealed class CachedAnswers(RequestDelegate next, AnswerCache cache, ICatalogFreshness freshness)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.GetEndpoint()?.Metadata.GetMetadata<CachedView>() is not { } cached || request.PathBase.HasValue)
        {
            return next(context);
        }

        var address = request.Path.Value + request.QueryString.Value;
        if (cache.Find(address) is { } kept)
        {
            return kept.WriteAsync(context);
        }

        if (freshness.Stamp(cached.View, ProductId(cached.View, request)) is { } stamp)
        {
            context.Features.Set(new AnswerKeeper(cache, address, stamp));
        }

        return next(context);
    }

    private static long ProductId(CatalogView view, HttpRequest request) =>
        view == CatalogView.Product ? long.Parse((string)request.RouteValues["id"]!, CultureInfo.InvariantCulture) : 0;
}

/// <summary>Which part of the catalog a route's answers show.</summary>
/// <param name="View">That part, and nothing else.</param>
internal sealed record CachedView(CatalogView View);

/// <summary>Takes the answer that is being written to the cache.</summary>
internal sealed class AnswerKeeper(AnswerCache cache, string address, CatalogStamp stamp)
{
    private static readonly string[] Kept = [HeaderNames.Link, PageHeaders.NextCursor, PageHeaders.TotalCount];

    /// <summary>Keeps an answer of 200.</summary>
    /// <param name="response">Its headers, by now.</param>
    /// <param name="body">The JSON.</param>
    /// <param name="tag">Its <c>ETag</c>; null for a list.</param>
    public void Keep(HttpResponse response, byte[] body, string? tag)
    {
        KeyValuePair<string, StringValues>[] headers =
            [.. Kept.Where(response.Headers.ContainsKey).Select(name => KeyValuePair.Create(name, response.Headers[name]))];
        cache.Keep(address, new CachedAnswer(stamp, body, tag, headers));
    }
}

/// <summary>Lets routes say that their answers may be kept.</summary>
internal static class CachedRoutes
{
    /// <summary>Keeps answers of this route while the part of the catalog that they show stays as it is.</summary>
    /// <param name="route">A GET that anyone may send, whose answer depends on path and query alone.</param>
    /// <param name="view">That part.</param>
    public static RouteHandlerBuilder Cached(this RouteHandlerBuilder route, CatalogView view) => route.WithMetadata(new CachedView(view));
}
