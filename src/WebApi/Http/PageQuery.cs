using System.Text;
using Microsoft.AspNetCore.Mvc;
using Shop.Application.Common.Paging;

namespace Shop.WebApi.Http;

/// <summary>The query parameters that every list takes.</summary>
internal sealed record PageQuery
{
    /// <summary>How many at most, 1 to 100; 20 unless said.</summary>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    /// <summary>Where the page begins: the X-Next-Cursor of the page before.</summary>
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    /// <summary>Whether to count all in X-Total-Count.</summary>
    [FromQuery(Name = "count")]
    public bool? Count { get; init; }

    /// <summary>The request.</summary>
    public required HttpContext Context { get; init; }

    public PageRequest ToRequest() =>
        new(Limit ?? PageRequest.DefaultLimit, string.IsNullOrEmpty(Cursor) ? null : Cursor, Count == true, Scope(Context.Request));

    /// <summary>The list's path, filters and sort, in one canonical text; what stands in a value can't be taken for a name.</summary>
    private static string Scope(HttpRequest request)
    {
        var scope = new StringBuilder(request.Path);
        foreach (var (name, values) in request.Query.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (name is not ("limit" or "cursor" or "count"))
            {
                scope.Append('&').Append(Uri.EscapeDataString(name)).Append('=').AppendJoin(',', values.Select(value => Uri.EscapeDataString(value ?? "")));
            }
        }

        return scope.ToString();
    }
}
