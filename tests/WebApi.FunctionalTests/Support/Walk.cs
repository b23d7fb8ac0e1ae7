using System.Text.Json;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>Reads lists page by page.</summary>
public static class Walk
{
    /// <summary>
    /// Reads a list to its end by following <c>Link</c>, and sees that <c>Link</c> and <c>X-Next-Cursor</c> say the same on every page
    /// and are both missing on the last.
    /// </summary>
    /// <param name="reader">Who reads.</param>
    /// <param name="path">The first page.</param>
    /// <param name="limit">Elements on a page.</param>
    /// <param name="between">What happens after each page but the last; gets the page's number, from 1.</param>
    public static async Task<List<JsonElement>> ToEndAsync(Actor reader, string path, int limit, Func<int, Task>? between = null)
    {
        var items = new List<JsonElement>();
        var next = $"{path}{(path.Contains('?') ? '&' : '?')}limit={limit}";
        for (var number = 1; ; number++)
        {
            var page = (await reader.GetAsync(next)).ShouldBe(200);
            page.Json.GetArrayLength().ShouldBeLessThanOrEqualTo(limit);
            items.AddRange(page.Json.EnumerateArray());
            if (page.NextCursor is not { } cursor)
            {
                page.Header("Link").ShouldBeNull();
                return items;
            }

            page.Json.GetArrayLength().ShouldBe(limit);
            next = NextOf(page);
            next.ShouldContain("cursor=" + Uri.EscapeDataString(cursor));
            number.ShouldBeLessThan(1_000, "The list does not end.");
            await (between?.Invoke(number) ?? Task.CompletedTask);
        }
    }

    private static string NextOf(Answer page)
    {
        var link = page.Header("Link").ShouldNotBeNull();
        link.ShouldStartWith("<");
        link.ShouldEndWith(">; rel=\"next\"");
        return link[1..link.IndexOf('>')];
    }
}
