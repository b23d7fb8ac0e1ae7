using System.Globalization;
using System.Text.Json;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class ListProductsPagingTests : CatalogTest
{
    private const string Word = "walk";

    private static readonly string[] Names = ["a walk", "aa", $"{Word}ing"];

    private static readonly Dictionary<string, Func<JsonElement, JsonElement, bool>> InOrder = new()
    {
        ["newest"] = (a, b) => a.GetProperty("created_at").GetDateTimeOffset() >= b.GetProperty("created_at").GetDateTimeOffset(),
        ["price"] = (a, b) => Price(a) <= Price(b),
        ["-price"] = (a, b) => Price(a) >= Price(b),
        ["name"] = (a, b) => string.CompareOrdinal(Name(a), Name(b)) <= 0,
        ["rating"] = (a, b) => Rating(a) >= Rating(b),
        ["popular"] = (a, b) => Price(a) >= Price(b),
        ["relevance"] = (a, b) => Rank(a) > Rank(b) || (Rank(a) == Rank(b) && InOrder!["newest"](a, b)),
    };

    [TestCase("newest")]
    [TestCase("price")]
    [TestCase("-price")]
    [TestCase("name")]
    [TestCase("rating")]
    [TestCase("popular")]
    [TestCase("relevance")]
    public async Task A_walk_skips_and_repeats_nothing_while_rows_come_and_go(string sort)
    {
        var seller = await Shop.CustomerAsync();
        var ids = await StockShelfAsync(seller);
        var doomed = new Queue<long>([ids[0], ids[5], ids[7], ids[12]]);
        var removed = new HashSet<long>();

        var walked = await Walk.ToEndAsync(
            Shop.Anonymous(),
            $"/products?seller_id={seller.UserId}&search={Word}&sort={sort}",
            limit: 2,
            between: async number =>
            {
                await ListAsync(seller, Names[number % 3], description: Word, price: number % 4);
                if (doomed.TryDequeue(out var id))
                {
                    removed.Add(id);
                    (await seller.DeleteAsync($"/products/{id}")).ShouldBe(204);
                }
            });

        var seen = Ids(walked);
        seen.ShouldBeUnique();
        ids.Where(id => !removed.Contains(id)).ShouldBeSubsetOf(seen);
        var old = walked.Where(product => ids.Contains(product.GetProperty("id").GetInt64())).ToList();
        old.Zip(old.Skip(1)).ShouldAllBe(pair => InOrder[sort](pair.First, pair.Second));
    }

    [Test]
    public async Task The_limit_may_change_from_page_to_page()
    {
        var seller = await Shop.CustomerAsync();
        var ids = await StockShelfAsync(seller);
        var list = $"/products?seller_id={seller.UserId}&sort=price";

        var first = await Shop.Anonymous().GetAsync(list + "&limit=3");
        var rest = await Shop.Anonymous().GetAsync($"{list}&limit=100&cursor={first.NextCursor}&count=true");

        Ids(first).Concat(Ids(rest)).ShouldBe(ids, ignoreOrder: true);
        rest.NextCursor.ShouldBeNull();
        rest.Header("X-Total-Count").ShouldBe("14");
    }

    [Test]
    public async Task A_page_that_ends_exactly_with_the_list_is_the_last()
    {
        var seller = await Shop.CustomerAsync();
        await StockShelfAsync(seller);

        var page = await Shop.Anonymous().GetAsync($"/products?seller_id={seller.UserId}&limit=14");

        Ids(page).Length.ShouldBe(14);
        page.NextCursor.ShouldBeNull();
        page.Header("Link").ShouldBeNull();
        page.Header("X-Total-Count").ShouldBeNull("it was not asked for");
    }

    [Test]
    public async Task A_cursor_of_another_list_or_sort_or_filter_or_one_that_was_tampered_with_is_400()
    {
        var seller = await Shop.CustomerAsync();
        await StockShelfAsync(seller);
        var cursor = (await seller.GetAsync($"/products?seller_id={seller.UserId}&sort=price&limit=2")).NextCursor!;
        var tampered = (cursor[^9] == 'A' ? 'B' : 'A') + cursor[^8..];

        foreach (var path in (string[])[
            $"/products?seller_id={seller.UserId}&sort=-price&cursor={cursor}",
            $"/products?seller_id={seller.UserId}&cursor={cursor}",
            $"/products?seller_id={seller.UserId}&sort=price&in_stock=true&cursor={cursor}",
            $"/products?seller_id={seller.UserId + 1}&sort=price&cursor={cursor}",
            $"/categories?cursor={cursor}",
            $"/products?seller_id={seller.UserId}&sort=price&cursor={cursor[..^9]}{tampered}",
            $"/products?seller_id={seller.UserId}&sort=price&cursor={cursor[..^1]}",
            $"/products?seller_id={seller.UserId}&sort=price&cursor=%20{cursor}",
            $"/products?seller_id={seller.UserId}&sort=price&cursor={cursor.Split('.')[0]}",
            $"/products?seller_id={seller.UserId}&sort=price&cursor=.{cursor.Split('.')[1]}",
            $"/products?seller_id={seller.UserId}&sort=price&cursor={new string('A', 176)}.{cursor.Split('.')[1]}",
            $"/products?seller_id={seller.UserId}&sort=price&cursor={new string('A', 3_000)}",
        ])
        {
            (await seller.GetAsync(path)).ShouldBeProblem(400, "validation_failed", "cursor");
        }
    }

    [TestCase("/products?a=1&seller_id={0}&limit=1", "/products?a=1%26seller_id%3D{0}")]
    [TestCase("/products?a=1&sort=price&t=1%26sort%3D-price&limit=1", "/products?a=1%26sort%3Dprice%26t%3D1&sort=-price")]
    public async Task A_list_that_only_spells_its_values_like_the_names_of_another_does_not_take_its_cursor(string list, string other)
    {
        var seller = await Shop.CustomerAsync();
        await StockShelfAsync(seller);
        var cursor = (await seller.GetAsync(string.Format(CultureInfo.InvariantCulture, list, seller.UserId))).NextCursor!;

        var answer = await seller.GetAsync($"{string.Format(CultureInfo.InvariantCulture, other, seller.UserId)}&cursor={cursor}");

        answer.ShouldBeProblem(400, "validation_failed", "cursor");
    }

    [Test]
    public async Task A_cursor_of_one_node_goes_on_at_another()
    {
        var seller = await Shop.CustomerAsync();
        await StockShelfAsync(seller);
        await using var other = Shop.StartSecondNode();
        var list = $"/products?seller_id={seller.UserId}&sort=price&limit=5";
        var cursor = (await seller.GetAsync(list)).NextCursor!;

        var there = Ids(await other.Anonymous().GetAsync($"{list}&cursor={cursor}"));

        there.ShouldBe(Ids(await Shop.Anonymous().GetAsync($"{list}&cursor={cursor}")));
        there.Length.ShouldBe(5);
    }

    private static decimal Price(JsonElement product) => product.GetProperty("price").GetDecimal();

    private static string Name(JsonElement product) => product.GetProperty("name").GetString()!;

    /// <summary>Found in the first word of the name, in the name, or in the description.</summary>
    private static int Rank(JsonElement product) => Array.IndexOf(["aa", "a walk", $"{Word}ing"], Name(product));

    private static decimal Rating(JsonElement product) =>
        product.GetProperty("rating").ValueKind == JsonValueKind.Null ? 0 : product.GetProperty("rating").GetDecimal();

    /// <summary>Fourteen products whose sort keys are mostly equal: three names, three prices (and as many units sold), few ratings.</summary>
    private async Task<long[]> StockShelfAsync(Actor seller)
    {
        var ids = new long[14];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = (await ListAsync(seller, Names[i % 3], description: Word, price: i % 3, stock: 10)).Id;
            await SellAsync(ids[i], i % 3);
            if (i % 4 == 0)
            {
                (await Admin.PostAsync($"/products/{ids[i]}/reviews", new { rating = 3 + (i % 3) })).ShouldBe(201);
            }
        }

        return ids;
    }
}
