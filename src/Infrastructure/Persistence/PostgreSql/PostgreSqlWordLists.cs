using System.Globalization;
using Shop.Domain.Catalog;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// Reads the page of a search from the lists of its words, each an index range that begins where the page does: a page costs the same
/// however many products have the word. Products are looked at for what the lists don't say.
/// </summary>
internal static class PostgreSqlWordLists
{
    /// <summary>More words than these are looked up before their lists are read.</summary>
    public const int AtOnce = 64;

    private const int BestRank = 3;

    /// <summary>The words that a text is a part of, and none when those are more than <see cref="AtOnce"/>.</summary>
    public static string Lookup(string part) => $"""
        SELECT word FROM (
            SELECT word, count(*) OVER () AS words FROM (SELECT DISTINCT word FROM search_words_with({part}, {AtOnce + 1}) word) found) counted
        WHERE words <= {AtOnce}
        """;

    /// <summary>The tables <c>words</c> and <c>listed (rank, created_at, product_id)</c>, the products of a page; the rank by age means nothing.</summary>
    /// <param name="sort">Newest first, or the best first.</param>
    /// <param name="words">A query for the words whose lists are read.</param>
    /// <param name="condition">What is asked of products <c>p</c> besides; null for nothing.</param>
    /// <param name="rank">The rank of a product <c>p</c>, where the best come first.</param>
    /// <param name="isOnlyWord">Whether no other word has a say in the rank.</param>
    /// <param name="count">How many.</param>
    /// <param name="after">The rank of the last product and the parameters of its time and id, where the page is not the first.</param>
    public static string Page(
        ProductSort sort, string words, string? condition, string? rank, bool isOnlyWord, int count, (int Rank, string Time, string Id)? after)
    {
        var with = $"WITH words AS MATERIALIZED ({words})";
        if (sort == ProductSort.Newest)
        {
            return $"{with}, listed AS MATERIALIZED ({Merged([3, 2, 1, 0], condition, Text(count), after is { } last ? (last.Time, last.Id) : null, 0)})";
        }

        var best = after?.Rank ?? BestRank;
        var left = Text(count);
        for (var each = best; each >= 0; each--)
        {
            int[] lists = isOnlyWord ? [each] : [.. Enumerable.Range(each, BestRank - each + 1)];
            var asked = $"{(condition is null ? "" : condition + " AND ")}{rank} = {each}";
            var begin = after is { } last && each == best ? (last.Time, last.Id) : ((string, string)?)null;
            with += $", ranked{each} AS MATERIALIZED ({Merged(lists, asked, left, begin, each)})";
            left += $" - (SELECT count(*) FROM ranked{each})";
        }

        var tables = Enumerable.Range(0, best + 1).Select(each => $"SELECT * FROM ranked{each}");
        return $"{with}, listed AS MATERIALIZED (SELECT * FROM ({string.Join(" UNION ALL ", tables)}) ranked LIMIT {count})";
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>A product among the first of all lists is among the first of each list that it is on, so that so many of each are enough.</summary>
    private static string Merged(int[] ranks, string? condition, string count, (string Time, string Id)? after, int rank) => $"""
        SELECT DISTINCT {rank} AS rank, found.created_at, found.product_id
        FROM words CROSS JOIN unnest('{"{"}{string.Join(',', ranks)}{"}"}'::smallint[]) place CROSS JOIN LATERAL (
            SELECT listed.created_at, listed.product_id
            FROM product_words listed{(condition is null ? "" : " JOIN products p ON p.id = listed.product_id")}
            WHERE listed.word = words.word AND listed.rank = place
                {(after is { } last ? $"AND (listed.created_at, listed.product_id) < ({last.Time}, {last.Id})" : "")}
                {(condition is null ? "" : $"AND {condition}")}
            ORDER BY listed.created_at DESC, listed.product_id DESC LIMIT {count}) found
        ORDER BY found.created_at DESC, found.product_id DESC LIMIT {count}
        """;
}
