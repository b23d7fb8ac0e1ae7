using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
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
        List<KeyValuePair<string, StringValues>>? filters = null;
        foreach (var parameter in request.Query)
        {
            if (parameter.Key is not ("limit" or "cursor" or "count"))
            {
                (filters ??= []).Add(parameter);
            }
        }

        return filters is null ? request.Path.ToString() : Scope(request.Path, filters);
    }

    private static string Scope(string path, List<KeyValuePair<string, StringValues>> filters)
    {
        var scope = new StringBuilder(path);
        foreach (var (name, values) in filters.OrderBy(filter => filter.Key, StringComparer.Ordinal))
        {
            scope.Append('&').Append(Uri.EscapeDataString(name)).Append('=').AppendJoin(',', values.Select(value => Uri.EscapeDataString(value ?? "")));
        }

        return scope.ToString();
    }
}
