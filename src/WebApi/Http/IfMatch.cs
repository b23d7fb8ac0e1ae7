using System.Reflection;
using Shop.Application.Common;

namespace Shop.WebApi.Http;

/// <summary>The <c>If-Match</c> header: change it only if it still is what the caller has seen.</summary>
/// <param name="Expected">What the header demands; null without one.</param>
internal sealed record IfMatch(ExpectedVersion? Expected)
{
    public static ValueTask<IfMatch> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var header = context.Request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return new(new IfMatch((ExpectedVersion?)null));
        }

        var tags = header.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries)).ToList();
        return new(new IfMatch(new ExpectedVersion(tags.Contains("*") ? null : [.. tags.Select(VersionTagOf)])));
    }

    /// <summary>The version in a strong tag; a weak one never matches (RFC 9110, section 13.1.1).</summary>
    private static string VersionTagOf(string tag) =>
        tag.Length > 2 && tag.StartsWith('"') && tag.EndsWith('"') ? tag[1..^1].Split('-')[0] : "";
}
