using Microsoft.Extensions.Primitives;
using Shop.Application.Abstractions;

namespace Shop.WebApi.Http.Caching;

/// <summary>An answer of 200, as it was written: what is not the same on every answer.</summary>
/// <param name="Stamp">How what it shows stood before it was read.</param>
/// <param name="Body">The JSON.</param>
/// <param name="Tag">Its <c>ETag</c>; null for a list.</param>
/// <param name="Headers">Where the list goes on, and how long it is.</param>
internal sealed record CachedAnswer(CatalogStamp Stamp, byte[] Body, string? Tag, KeyValuePair<string, StringValues>[] Headers)
{
    /// <summary>Writes it again, or 304 to who knows it.</summary>
    /// <param name="context">Where to.</param>
    public Task WriteAsync(HttpContext context)
    {
        foreach (var (name, value) in Headers)
        {
            context.Response.Headers[name] = value;
        }

        return Answer.WriteAsync(context, StatusCodes.Status200OK, Body, Tag);
    }
}
