using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Shop.Bench.Machine;

/// <summary>A generated catalog: the same products for the same number, every time.</summary>
/// <param name="Products">How many; their ids are 1 to this.</param>
internal sealed record Catalog(int Products)
{
    public const int Categories = 50;
    public const int Words = 1_000;
    public const int Buyers = 128;
    public const int FirstBuyer = 1_001;
    public const string BuyersPassword = "correct horse";

    /// <summary>Syllables, two letters each: a word is one of each row, so that every word is as long and parts of them recur.</summary>
    internal static readonly string[] Syllables = ["balokumivetosaperiny", "darifonulekegomoswuz", "ntrmlsstrdngshckthlk"];

    /// <summary>Units of each product as an SQL expression over the product's id <c>i</c>; plenty unless said.</summary>
    public string Stock { get; init; } = "1000000";

    /// <summary>A word of names and descriptions: the first are in every third product, the last in one of two hundred.</summary>
    /// <param name="number">From 0 to below <see cref="Words"/>.</param>
    public static string Word(int number) => Syllable(0, number % 10) + Syllable(1, number / 10 % 10) + Syllable(2, number / 100);

    /// <summary>What all buyers' passwords are stored as: hashed once only, so that a hundred of them sign in within a second.</summary>
    internal static string PasswordHash { get; } =
        new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1 })).HashPassword(new object(), BuyersPassword);

    private static string Syllable(int row, int number) => Syllables[row].Substring(2 * number, 2);
}
