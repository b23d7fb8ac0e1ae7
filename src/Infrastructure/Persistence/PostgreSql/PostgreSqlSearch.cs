using Npgsql;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>What a search looks for, as the dictionary knows it: how it is best answered depends on how many words and products that is.</summary>
internal sealed class PostgreSqlSearch
{
    /// <summary>So many products at most are looked at one by one.</summary>
    public const int Few = 2_000;

    /// <summary>The lists of so many words at most are merged.</summary>
    public const int ManyWords = 2_000;

    private const string Find = """
        SELECT term.n::int, found.words,
            (SELECT count(*)::int FROM (
                SELECT FROM unnest(found.words) word CROSS JOIN LATERAL (SELECT FROM product_words listed WHERE listed.word = word.word LIMIT $3) each
                LIMIT $3) counted)
        FROM unnest($1::text[]) WITH ORDINALITY term (part, n)
        CROSS JOIN LATERAL (SELECT ARRAY(SELECT DISTINCT word FROM search_words_with(term.part, $2) word) AS words) found
        """;

    private PostgreSqlSearch(IReadOnlyList<IReadOnlyList<string>> terms, IReadOnlyList<Term> ranked)
    {
        Terms = terms;
        Ranked = ranked;
        Rarest = ranked.Where(term => term.Words.Count <= ManyWords).MinBy(term => term.Products);
    }

    /// <summary>All words that were searched, each with what it may mean: any of that is to be found.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Terms { get; }

    /// <summary>Those that were looked up, and rank what is found.</summary>
    public IReadOnlyList<Term> Ranked { get; }

    /// <summary>That of them which the fewest products have; null when each is a part of too many words.</summary>
    public Term? Rarest { get; }

    /// <summary>Whether so few products have the rarest word that each can be looked at.</summary>
    public bool IsFew => Rarest is { Products: <= Few };

    /// <summary>Whether nothing can be found.</summary>
    public bool IsHopeless => Rarest is { Words.Count: 0 };

    /// <summary>Looks the longest words of a text up, and what was probably meant by those that no product has.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="text">What is searched.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PostgreSqlSearch> LookUpAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        var ranked = await FindAsync(connection, TextSearch.Ranked(text), cancellationToken);
        for (var i = 0; i < ranked.Length; i++)
        {
            if (ranked[i].Words.Count == 0 && await PostgreSqlSpelling.MeantAsync(connection, ranked[i].Searched, cancellationToken) is { Count: > 0 } meant)
            {
                ranked[i] = ranked[i].Meaning(await FindAsync(connection, meant, cancellationToken));
            }
        }

        var known = ranked.ToDictionary(term => term.Searched, term => term.Parts);
        return new PostgreSqlSearch([.. TextSearch.Words(text).Select(word => known.GetValueOrDefault(word, [word]))], ranked);
    }

    private static async Task<Term[]> FindAsync(NpgsqlConnection connection, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Find, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = [.. words] },
                new NpgsqlParameter<int> { TypedValue = ManyWords + 1 },
                new NpgsqlParameter<int> { TypedValue = Few + 1 },
            },
        };
        var terms = new Term[words.Count];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var word = words[reader.GetInt32(0) - 1];
            terms[reader.GetInt32(0) - 1] = new Term(word, [word], reader.GetFieldValue<string[]>(1), reader.GetInt32(2));
        }

        return terms;
    }

    /// <summary>A searched word.</summary>
    /// <param name="Searched">As it was searched, in lower case.</param>
    /// <param name="Parts">What it may mean: itself, or the words that are spelled alike when no product has it.</param>
    /// <param name="Words">The words of the dictionary that any of this is a part of; one more than <see cref="ManyWords"/> stands for more.</param>
    /// <param name="Products">How many products have these words, counted up to one more than <see cref="Few"/>; some more than once.</param>
    internal sealed record Term(string Searched, IReadOnlyList<string> Parts, IReadOnlyList<string> Words, int Products)
    {
        /// <summary>The word as it was searched, for any of others.</summary>
        public Term Meaning(IReadOnlyList<Term> others) => new(
            Searched,
            [.. others.SelectMany(term => term.Parts)],
            [.. others.SelectMany(term => term.Words).Distinct()],
            others.Sum(term => term.Products));
    }
}
