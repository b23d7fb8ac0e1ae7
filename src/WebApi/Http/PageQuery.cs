using System.Text;
using Microsoft.AspNetCore.Mvc;
using Shop.Application.Common.Paging;

namespace Shop.WebApi.Http;

/// <summary>The query parameters that every list takes.</summary>
/// <param name="Limit">How many at most, 1 to 100; 20 unless said.</param>
/// <param name="Cursor">Where the page begins: the X-Next-Cursor of the page before.</param>
/// <param name="Count">Whether to count all in X-Total-Count.</param>
/// <param name="Context">The request.</param>
internal sealed record PageQuery(
    [FromQuery(Name = "limit")] int? Limit, [FromQuery(Name = "cursor")] string? Cursor, [FromQuery(Name = "count")] bool? Count, HttpContext Context)
{
    public PageRequest ToRequest() =>
        new(Limit ?? PageRequest.DefaultLimit, string.IsNullOrEmpty(Cursor) ? null : Cursor, Count == true, Scope(Context.Request));

    /// <summary>The list's path, filters and sort, in one canonical text.</summary>
    private static string Scope(HttpRequest request)
    {
        var scope = new StringBuilder(request.Path);
        foreach (var (name, values) in request.Query.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (name is not ("limit" or "cursor" or "count"))
            {
                scope.Append('&').Append(name).Append('=').AppendJoin(',', values!);
            }
        }

        return scope.ToString();
    }
}
