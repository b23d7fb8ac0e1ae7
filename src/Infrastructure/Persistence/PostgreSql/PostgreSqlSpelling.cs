using Npgsql;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// What was probably meant by a word that no product has: the words of the dictionary that one slip makes of it (a letter wrong, missing, too
/// many, or two exchanged), and from eight letters on two slips; the distance of Damerau and Levenshtein, each place changed once. Words of less than four letters or
/// with digits mean what they say.
/// </summary>
internal static class PostgreSqlSpelling
{
    /// <summary>So many words at most may have been meant.</summary>
    public const int MaxMeant = 8;

    private const int MinLength = 4;
    private const int MinLengthOfTwo = 8;
    private const int MaxLength = 40;

    /// <summary>Of each pattern up to so many, so that no pattern costs more than a search.</summary>
    private const string OneSlip = """
        SELECT word FROM search_words WHERE word = ANY($1)
        UNION
        SELECT alike.word FROM unnest($2::text[]) pattern
        CROSS JOIN LATERAL (SELECT word FROM search_words WHERE word LIKE pattern LIMIT 20) alike
        """;

    /// <summary>Two slips leave words alike enough for a trigram index.</summary>
    private const string Alike = """
        SELECT word FROM (
            SELECT word, similarity(word, $1) AS alike FROM search_words WHERE word % $1 ORDER BY alike DESC, word LIMIT 200) found
        """;

    /// <summary>The words that may have been meant, the nearest alone.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="word">In lower case.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<string>> MeantAsync(NpgsqlConnection connection, string word, CancellationToken cancellationToken)
    {
        if (word.Length is < MinLength or > MaxLength || !word.All(char.IsLetter))
        {
            return [];
        }

        var near = await ReadAsync(OneSlip, new NpgsqlParameter<string[]> { TypedValue = [.. Shorter(word)] }, new NpgsqlParameter<string[]> { TypedValue = [.. Patterns(word)] });
        if (near.Count == 0 && word.Length >= MinLengthOfTwo)
        {
            near = await ReadAsync(Alike, new NpgsqlParameter<string> { TypedValue = word });
        }

        return near;

        async Task<IReadOnlyList<string>> ReadAsync(string sql, params NpgsqlParameter[] parameters)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddRange(parameters);
            var words = new HashSet<string>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                words.Add(reader.GetString(0));
            }

            return [.. words.Where(found => found.All(char.IsLetter) && Distance(found, word) <= 2).Order(StringComparer.Ordinal).Take(MaxMeant)];
        }
    }

    /// <summary>Optimal string alignment distance: insertions, deletions, substitutions and exchanges of neighbours (en.wikipedia.org/wiki/Damerau–Levenshtein_distance).</summary>
    internal static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var cost = one[i - 1] == other[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[one.Length, other.Length];
    }

    /// <summary>One letter left out, or two neighbours exchanged.</summary>
    private static IEnumerable<string> Shorter(string word) =>
        Enumerable.Range(0, word.Length).Select(i => word.Remove(i, 1))
            .Concat(Enumerable.Range(0, word.Length - 1).Select(i => $"{word[..i]}{word[i + 1]}{word[i]}{word[(i + 2)..]}"))
            .Distinct();

    /// <summary>Any letter in the place of one, or one more.</summary>
    private static IEnumerable<string> Patterns(string word) =>
        Enumerable.Range(0, word.Length).Select(i => $"{word[..i]}_{word[(i + 1)..]}")
            .Concat(Enumerable.Range(0, word.Length + 1).Select(i => word.Insert(i, "_")))
            .Distinct();
}
