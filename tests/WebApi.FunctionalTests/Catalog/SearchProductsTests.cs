using System.Text.Json;
using Shop.Domain.Catalog;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Catalog;

/// <summary>What a search finds, in which order, and from when on.</summary>
public sealed class SearchProductsTests : CatalogTest
{
    private const string Letters = "bcdfghklmnpqrstvwxz";

    [Test]
    public async Task A_word_finds_the_words_that_it_is_a_part_of()
    {
        var word = Word();
        var seller = await Shop.CustomerAsync();
        var whole = (await ListAsync(seller, word)).Id;
        var begins = (await ListAsync(seller, $"The {word}ing")).Id;
        var within = (await ListAsync(seller, "x", description: $"un{word}.\nlast")).Id;
        var sku = (await ListAsync(seller, "y", sku: "k-" + word.ToUpperInvariant())).Id;
        await ListAsync(seller, word[..^1], description: word[1..]);

        await FindsAsync(word, sku, within, begins, whole);
        await FindsAsync(word.ToUpperInvariant(), sku, within, begins, whole);
        await FindsAsync($"{word}&sort=relevance", whole, begins, sku, within);
        await FindsAsync($"{word}+last", within);
        await FindsAsync($"the+{word}&sort=relevance", begins);
        await FindsAsync($"{word}+{word}i", begins);
        await FindsAsync($"{word}&in_stock=false");
    }

    [Test]
    public async Task A_walk_goes_through_all_that_several_words_of_the_dictionary_find_once()
    {
        var word = Word();
        var seller = await Shop.CustomerAsync();
        var ids = new List<long>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add((await ListAsync(seller, i % 3 == 0 ? $"{word}s" : $"x {word}{i % 2}", description: i % 2 == 0 ? $"{word} {word}est" : null)).Id);
        }

        var (first, other) = (ids.Where((_, i) => i % 3 == 0).Reverse(), ids.Where((_, i) => i % 3 != 0).Reverse());
        Ids(await Walk.ToEndAsync(Shop.Anonymous(), $"/products?search={word}", limit: 2)).ShouldBe(Enumerable.Reverse(ids));
        Ids(await Walk.ToEndAsync(Shop.Anonymous(), $"/products?search={word}&sort=relevance", limit: 3)).ShouldBe(first.Concat(other));
        Ids(await Walk.ToEndAsync(Shop.Anonymous(), $"/products?search={word}&sort=relevance&max_price=1", limit: 3)).ShouldBe(first.Concat(other));
        (await Shop.Anonymous().GetAsync($"/products?search={word}&limit=1&count=true")).Header("X-Total-Count").ShouldBe("12");
    }

    [Test]
    public async Task All_words_of_a_search_rank_it_by_the_one_that_fits_worst()
    {
        var (one, two) = (Word(), Word());
        var seller = await Shop.CustomerAsync();
        var names = (await ListAsync(seller, $"{one} and {two}")).Id;
        var sku = (await ListAsync(seller, one, sku: "s-" + two)).Id;
        var description = (await ListAsync(seller, $"{one}{two}", description: "no more")).Id;
        var text = (await ListAsync(seller, one, description: two)).Id;

        await FindsAsync($"{two}+{one}&sort=relevance", description, names, sku, text);
        Ids(await Walk.ToEndAsync(Shop.Anonymous(), $"/products?search={one}+{two}&sort=relevance", limit: 1)).ShouldBe([description, names, sku, text]);
    }

    [Test]
    [PostgreSqlOnly("it has a dictionary")]
    public async Task A_slip_finds_what_was_meant_where_nothing_is_called_so()
    {
        var word = Word();
        var id = (await ListAsync(Admin, $"Fine {word}")).Id;

        foreach (var slip in (string[])[
            word[..3] + word[4..], word.Insert(4, "e"), word[..4] + "e" + word[5..], $"e{word[1..]}", word + "e", word[..^1] + "e",
            $"{word[..2]}{word[3]}{word[2]}{word[4..]}", $"{word[..6]}e{word[7..]}e", $"{word[1..6]}{word[7..]}"])
        {
            await FindsAsync(slip, id);
            await FindsAsync($"{slip}+fine&sort=relevance&count=true", id);
        }

        var called = (await ListAsync(Admin, word[..5] + "e" + word[6..])).Id;
        await FindsAsync(word[..5] + "e" + word[6..], called);
        await FindsAsync($"eee{word[3..]}");
    }

    [TestCase("bgt", "bgz")]
    [TestCase("a1{0}", "a2{0}")]
    [PostgreSqlOnly("it has a dictionary")]
    public async Task Short_words_and_numbers_mean_what_they_say(string called, string searched)
    {
        var seller = await Shop.CustomerAsync();
        var word = Word();
        var id = (await ListAsync(seller, string.Format(null, called, word))).Id;

        await OfSellerAsync(seller, string.Format(null, called, word), id);
        await OfSellerAsync(seller, string.Format(null, searched, word));
    }

    [Test]
    public async Task What_is_listed_edited_withdrawn_or_loaded_is_found_at_once_as_it_is()
    {
        var (before, after, loaded) = (Word(), Word(), Word());
        var seller = await Shop.CustomerAsync();
        var id = (await ListAsync(seller, before, description: "one")).Id;
        await FindsAsync(before, id);

        (await seller.PatchAsync($"/products/{id}", new { name = after })).ShouldBe(200);
        await FindsAsync(before);
        await FindsAsync($"{after}&sort=relevance", id);

        (await seller.PatchAsync($"/products/{id}", new { description = before })).ShouldBe(200);
        await FindsAsync(before, id);

        (await seller.DeleteAsync($"/products/{id}")).ShouldBe(204);
        await FindsAsync(before);
        await FindsAsync(after);

        await Admin.BackfillAsync(Csv.File("sku,name,price", $"{loaded}-1,A {loaded},1", $"{loaded}-2,{loaded} b,2"));
        (await Shop.Anonymous().GetAsync($"/products?search={loaded}&count=true")).Header("X-Total-Count").ShouldBe("2");
        await Admin.BackfillAsync(Csv.File("sku,name,price", $"{loaded}-1,{after},1"));
        var found = Ids(await Shop.Anonymous().GetAsync($"/products?search={after}&sort=relevance"));
        found.ShouldHaveSingleItem();
    }

    [TestCase("ıstanbul{0}", "ıstanbul{0}")]
    [TestCase("İstanbul{0}", "İSTANBUL{0}")]
    [TestCase("cafe\u0301{0}", "CAFE\u0301{0}")]
    [TestCase("💡{0}", "💡{0}")]
    [TestCase("{0}红色的椅子很好", "的椅")]
    [TestCase("{0}%_\\'\"", "%_\\'\"")]
    [TestCase("a\u00a0{0}", "{0}")]
    [TestCase("<{0}>&", "{0}>&")]
    public async Task Every_script_and_sign_is_searched_as_it_is(string name, string searched)
    {
        var seller = await Shop.CustomerAsync();
        var word = Word();
        var id = (await ListAsync(seller, string.Format(null, name, word))).Id;

        await OfSellerAsync(seller, Uri.EscapeDataString(string.Format(null, searched, word)), id);
        await OfSellerAsync(seller, Uri.EscapeDataString(string.Format(null, searched, word)) + "&sort=relevance", id);
    }

    [TestCase("a")]
    [TestCase("%25")]
    [TestCase("_")]
    [TestCase("%5C")]
    [TestCase("%5C%25")]
    [TestCase("%27")]
    [TestCase("I")]
    [TestCase("%C4%B0")]
    [TestCase("%CC%81")]
    [TestCase("%F0%9F%92%A1")]
    [TestCase("a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t+u+v+w+x+y+z+0+1+2+3+4+5+6+7+8+9")]
    public async Task Odd_searches_are_answered(string searched)
    {
        foreach (var sort in ListProductsSorts)
        {
            (await Shop.Anonymous().GetAsync($"/products?search={searched}&sort={sort}&count=true")).ShouldBe(200);
        }
    }

    [Test]
    public async Task A_long_search_is_refused()
    {
        (await Shop.Anonymous().GetAsync("/products?search=" + new string('x', 5_000))).ShouldBeProblem(400, "validation_failed", "search");
        (await Shop.Anonymous().GetAsync("/products?search=" + string.Join('+', Enumerable.Repeat("ab", 1_000)))).ShouldBeProblem(400, "validation_failed", "search");
    }

    [Test]
    public async Task A_very_long_word_is_found_by_every_part()
    {
        var (begin, middle, end) = (Word(), Word(), Word());
        var fill = string.Concat(Enumerable.Range(0, 300).Select(i => Letters[i * 7 % Letters.Length]));
        var id = (await ListAsync(Admin, "x", description: $"{begin}{fill}{fill}{middle}{fill}{fill}{fill}{end}")).Id;

        await FindsAsync(begin, id);
        await FindsAsync(middle, id);
        await FindsAsync(end, id);
    }

    /// <summary>Three thousand products with the word, in the first word of the name, in the name, or in the description.</summary>
    [TestCase(ProductSort.Newest, null)]
    [TestCase(ProductSort.Newest, 0)]
    [TestCase(ProductSort.Relevance, null)]
    [TestCase(ProductSort.Relevance, 2)]
    [TestCase(ProductSort.Relevance, 0)]
    [PostgreSqlOnly("it looks at the server's plan")]
    public async Task A_page_reads_no_more_than_it_shows_however_many_products_have_the_word(ProductSort sort, int? afterRank)
    {
        var word = Word();
        await Shop.ScalarAsync<long>($"""
            WITH made AS (INSERT INTO products (id, sku, name, description, price, stock, rating_sum, review_count, units_sold, version, created_at, updated_at)
            SELECT nextval('product_ids') * 1000000 + i, md5('{word}' || i), CASE i % 3 WHEN 0 THEN '{word}' WHEN 1 THEN 'x {word}' ELSE 'x' END, 'the {word}',
                1, 0, 0, 0, 0, 1, now() - i * interval '1 s', now()
            FROM generate_series(1, 3000) i RETURNING 1)
            SELECT count(*) FROM made
            """);
        await Shop.ScalarAsync<bool>("DO $$ BEGIN ANALYZE product_words, products; END $$; SELECT true");
        (int, string, string)? after = afterRank is { } rank ? (rank, "now() - interval '1000 s'", "1") : null;
        var page = PostgreSqlWordLists.Page(
            sort, $"SELECT '{word}'::text AS word", null, $"search_rank(p.search_text, p.name, p.sku, '{word}')", isOnlyWord: true, 21, after);

        using var plan = JsonDocument.Parse(await Shop.ScalarAsync<string>(
            $"{PostgreSqlPlans.BeginInOrder}; EXPLAIN (ANALYZE, FORMAT JSON) {page} SELECT * FROM listed; {PostgreSqlPlans.EndInOrder}"));

        var root = plan.RootElement[0].GetProperty("Plan");
        Rows(root).Max().ShouldBeLessThanOrEqualTo(4 * 21);
        root.GetProperty("Actual Rows").GetDouble().ShouldBe(21);
    }

    /// <summary>How many rows each step of a plan passed on or threw away.</summary>
    private static IEnumerable<double> Rows(JsonElement step) =>
    [
        (step.GetProperty("Actual Rows").GetDouble() + (step.TryGetProperty("Rows Removed by Filter", out var removed) ? removed.GetDouble() : 0))
            * step.GetProperty("Actual Loops").GetDouble(),
        .. step.TryGetProperty("Plans", out var steps) ? steps.EnumerateArray().SelectMany(Rows) : [],
    ];

    private static string[] ListProductsSorts => ["newest", "relevance", "price"];

    /// <summary>Ten letters that make no other word of the tests.</summary>
    private static string Word() => string.Concat(Enumerable.Range(0, 10).Select(_ => Letters[Random.Shared.Next(Letters.Length)]));

    private async Task FindsAsync(string searched, params long[] expected) =>
        Ids(await Shop.Anonymous().GetAsync("/products?search=" + searched)).ShouldBe(expected, searched);

    private async Task OfSellerAsync(Actor seller, string searched, params long[] expected) =>
        Ids(await Shop.Anonymous().GetAsync($"/products?seller_id={seller.UserId}&search={searched}")).ShouldBe(expected, searched);
}
