namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// A word that some product has, or had: in lower case, as it stands between white space. The dictionary says which words a searched one is a
/// part of, and which are spelled alike. A word may be there twice: nobody waits for somebody else's.
/// </summary>
internal sealed class SearchWord
{
    /// <summary>Where they lie.</summary>
    public const string Table = "search_words";

    /// <summary>The word, at most 600 characters of it.</summary>
    public required string Word { get; init; }
}

/// <summary>A letter or digit of ASCII, a dot or a hyphen that some word of the dictionary has: a search for another one ends here.</summary>
internal sealed class SearchLetter
{
    /// <summary>Where they lie.</summary>
    public const string Table = "search_letters";

    /// <summary>The letter.</summary>
    public required string Letter { get; init; }
}

/// <summary>
/// That a product of the catalog has a word. The key is the order of a search: of one word by <see cref="Rank"/>, best first, and the newest
/// first within. Triggers keep it (<see cref="PostgreSqlSearchSchema"/>).
/// </summary>
internal sealed class ListedWord
{
    /// <summary>Where they lie.</summary>
    public const string Table = "product_words";

    /// <summary>The word.</summary>
    public required string Word { get; init; }

    /// <summary>The best place where the product has it, as <see cref="TextSearch"/> ranks them: from 3, how its name begins, to 0, its description.</summary>
    public required short Rank { get; init; }

    /// <summary>When the product was listed, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The product.</summary>
    public required long ProductId { get; init; }
}
