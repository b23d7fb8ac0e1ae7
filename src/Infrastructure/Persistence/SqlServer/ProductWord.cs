namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>
/// The end of a word of a product's name, SKU or description, from one of its letters on: a text that is part of the word is the beginning of
/// one of its ends, which an index finds. Ends too short to be searched by are left out, long ones are cut.
/// </summary>
internal sealed class ProductWord
{
    /// <summary>The shortest text that is looked up here; a shorter one is part of nearly everything.</summary>
    public const int MinLength = 3;

    /// <summary>How much of an end is kept.</summary>
    public const int MaxLength = 40;

    /// <summary>Where they lie.</summary>
    public const string Table = "product_words";

    /// <summary>The property of a product that tells whether its words are here, as they are now.</summary>
    public const string HasWords = "HasWords";

    /// <summary>The end, in lower case.</summary>
    public required string Word { get; init; }

    /// <summary>The product that has it.</summary>
    public required long ProductId { get; init; }

    /// <summary>All of a product's, each once.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="texts">What is searched of it.</param>
    public static IEnumerable<ProductWord> Of(long productId, params IEnumerable<string?> texts) =>
        texts.OfType<string>()
            .SelectMany(text => text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(Ends)
            .Distinct(StringComparer.Ordinal)
            .Select(end => new ProductWord { Word = end, ProductId = productId });

    /// <summary>As much of a text as is kept; never half a character.</summary>
    public static string Cut(string text) =>
        text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];

    private static IEnumerable<string> Ends(string word) =>
        Enumerable.Range(0, Math.Max(0, word.Length - MinLength + 1))
            .Where(start => !char.IsLowSurrogate(word[start]))
            .Select(start => Cut(word[start..]));
}
