using Shop.Infrastructure.Recommendations;

namespace Shop.Infrastructure.IntegrationTests.Recommendations;

[Parallelizable(ParallelScope.All)]
public sealed class ContentLikenessTests
{
    private const int Products = 400;
    private const int Known = 10;
    private const int New = 5;

    [Test]
    public void Of_many_that_are_alike_the_first_are_kept_as_if_all_were_sorted([Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        var catalog = Enumerable.Range(0, Products)
            .Select(product => new CatalogEntry(product, $"Word{random.Next(12)}", random.Next(5)))
            .ToArray();
        var popularity = new Popularity(
            [.. catalog.Select(_ => (float)random.Next(3))], [.. catalog.Select(_ => (double)random.Next(4))], [.. catalog.Select(_ => 1f)]);

        var likeness = ContentLikeness.Of(catalog, popularity, CancellationToken.None);

        for (var product = 0; product < Products; product++)
        {
            int[] expected = [.. Expected(product).Order()];
            likeness.Columns[likeness[product]].ShouldBe(expected);
            likeness.Values[likeness[product]].ShouldBe(expected.Select(other => (Half)Likeness(catalog[product], catalog[other])));
        }

        IEnumerable<int> Expected(int product)
        {
            var sorted = Enumerable.Range(0, Products)
                .Where(other => other != product && Likeness(catalog[product], catalog[other]) > 0)
                .OrderByDescending(other => Likeness(catalog[product], catalog[other]))
                .ThenByDescending(other => popularity.Lately[other])
                .ThenBy(other => other)
                .ToLookup(other => popularity.AllTime[other] == 0);
            return [.. sorted[false].Take(Known), .. sorted[true].Take(New)];
        }
    }

    [Test]
    public void Of_equals_the_lowest_ids_are_kept_whichever_word_finds_them_first()
    {
        CatalogEntry[] catalog =
        [
            new(0, "Alpha Beta", null),
            .. Enumerable.Range(1, 2 * Known).Select(id => new CatalogEntry(id, id % 2 == 1 ? $"Alpha Word{id}" : $"Beta Word{id}", null)),
        ];

        var likeness = ContentLikeness.Of(catalog, Popular([.. catalog.Select(_ => 1.0)]), CancellationToken.None);

        likeness.Columns[likeness[0]].ShouldBe(Enumerable.Range(1, Known));
    }

    [Test]
    public void What_has_left_the_catalog_is_like_nothing()
    {
        var likeness = ContentLikeness.Of([new(1, "Blue saw", 1), null, new(3, "Red saw", 1)], Popular([1, 1, 1]), CancellationToken.None);

        likeness.Columns[likeness[0]].ShouldBe([2]);
        likeness.Columns[likeness[1]].ShouldBeEmpty();
        likeness.Columns[likeness[2]].ShouldBe([0]);
    }

    [Test]
    public void A_row_leaves_nothing_to_the_next()
    {
        CatalogEntry[] pairs = [.. Enumerable.Range(0, Products).Select(product => new CatalogEntry(product, $"Word{product / 2}", null))];

        var likeness = ContentLikeness.Of(pairs, Popular([.. pairs.Select(_ => 1.0)]), CancellationToken.None);

        likeness.Columns.ShouldBe(Enumerable.Range(0, Products).Select(product => product ^ 1));
        likeness.Values.ShouldAllBe(value => (float)value > 0.69f && (float)value < 0.71f);
    }

    /// <summary>Of names of one word: it and the category are all there is to share.</summary>
    private static float Likeness(CatalogEntry one, CatalogEntry other) =>
        (one.Name == other.Name ? 1 - ContentLikeness.SameCategory : 0) + (one.CategoryId == other.CategoryId ? ContentLikeness.SameCategory : 0);

    /// <summary>What doesn't sell lately never did: it is new.</summary>
    private static Popularity Popular(double[] lately) => new([.. lately.Select(users => (float)users)], lately, [.. lately.Select(_ => 1f)]);
}
