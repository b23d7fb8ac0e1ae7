using Microsoft.EntityFrameworkCore;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Infrastructure.Persistence.SqlServer;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>That the list of words finds all that a search of the products themselves would find.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class ProductWordTests
{
    private static readonly string Long = string.Concat(Enumerable.Range(0, 30).Select(number => $"w{number}-"));

    [TestCase("Red Lamp", "SKU-1", "A lamp,\tred\u00a0and bright")]
    [TestCase("Ab", "X", null)]
    [TestCase("ÄÖÜ Straße", "ÇA-1", "100% wool_and [silk]")]
    [TestCase("😀😀😀 lamp😀s", "E-1", "")]
    public void Every_part_of_a_word_begins_one_of_its_ends(string name, string sku, string? description)
    {
        var ends = ProductWord.Of(1, name, sku, description).Select(end => end.Word).ToList();

        ends.ShouldBeUnique();
        foreach (var word in $"{name} {sku} {description}".ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            PartsOf(word).Where(part => !ends.Exists(end => end.StartsWith(ProductWord.Cut(part), StringComparison.Ordinal))).ShouldBeEmpty();
        }
    }

    [Test]
    public void A_long_word_is_found_by_all_of_its_parts()
    {
        var ends = ProductWord.Of(1, Long).Select(end => end.Word).ToHashSet();

        ends.ShouldAllBe(end => end.Length >= ProductWord.MinLength && end.Length <= ProductWord.MaxLength);
        PartsOf(Long).Where(part => !ends.Any(end => end.StartsWith(ProductWord.Cut(part), StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Test]
    public void Half_a_character_is_never_kept() =>
        ProductWord.Of(1, string.Concat(Enumerable.Repeat("😀", 50)), "x" + string.Concat(Enumerable.Repeat("😀", 50)))
            .Where(end => char.IsLowSurrogate(end.Word[0]) || char.IsHighSurrogate(end.Word[^1])).ShouldBeEmpty();

    [TestCase(nameof(Product.Name), true)]
    [TestCase(nameof(Product.Sku), true)]
    [TestCase(nameof(Product.Description), true)]
    [TestCase(nameof(Product.Price), false)]
    public async Task A_product_leaves_the_list_when_its_words_change(string changed, bool leaves)
    {
        await using var shop = new OfflineShop();
        var product = shop.Db.Entry((Product)Activator.CreateInstance(typeof(Product), nonPublic: true)!);
        product.Property(each => each.Id).CurrentValue = 1;
        product.State = EntityState.Unchanged;
        product.Property(changed).CurrentValue = changed == nameof(Product.Price) ? Money.From(2) : "changed";

        await shop.Db.SaveChangesAsync();

        shop.Recorder.Statements.Single(statement => statement.Contains("UPDATE [products]", StringComparison.Ordinal))
            .Contains("[has_words] = ", StringComparison.Ordinal).ShouldBe(leaves);
    }

    /// <summary>All that somebody could search of a word: nobody can type half a character.</summary>
    private static IEnumerable<string> PartsOf(string word) =>
        from start in Enumerable.Range(0, word.Length)
        from length in Enumerable.Range(ProductWord.MinLength, Math.Max(0, word.Length - start - ProductWord.MinLength + 1))
        let part = word.Substring(start, length)
        where !char.IsLowSurrogate(part[0]) && !char.IsHighSurrogate(part[^1])
        select part;
}
