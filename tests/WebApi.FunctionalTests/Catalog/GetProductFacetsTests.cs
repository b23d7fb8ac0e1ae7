using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class GetProductFacetsTests : CatalogTest
{
    [Test]
    public async Task A_catalog_without_products_has_no_facets()
    {
        await using var shop = await ShopServer.StartAsync();

        (await shop.Anonymous().GetAsync("/products/facets")).ShouldBe(200).Body
            .ShouldBe("""{"count":0,"capped":false,"currency":"EUR","categories":[],"prices":[],"ratings":[]}""");
    }

    [Test]
    public async Task Categories_count_what_is_in_them_and_below_and_stand_with_those_above_them()
    {
        var seller = await Shop.CustomerAsync();
        var top = await CategoryAsync("Top " + seller.Username);
        var (left, right) = (await CategoryAsync(parentId: top), await CategoryAsync(parentId: top));
        var below = await CategoryAsync(parentId: right);
        foreach (var category in (long?[])[null, left, right, below, below, below])
        {
            await ListAsync(seller, "x", categoryId: category);
        }

        var facets = await FacetsAsync($"seller_id={seller.UserId}");

        Counts(facets, "categories", "id").ShouldBe([$"{top}: 5", $"{right}: 4", $"{below}: 3", $"{left}: 1"]);
        facets["count"].GetInt32().ShouldBe(6);
        var first = facets["categories"][0];
        first.GetProperty("name").GetString().ShouldBe("Top " + seller.Username);
        first.GetProperty("parent_id").ValueKind.ShouldBe(JsonValueKind.Null);
        facets["categories"][2].GetProperty("parent_id").GetInt64().ShouldBe(right);
    }

    [Test]
    public async Task Prices_are_counted_by_bands_that_grow_with_them()
    {
        var seller = await Shop.CustomerAsync();
        foreach (var price in (decimal[])[0, 0.99m, 1, 1.99m, 2, 49.99m, 50, 9_999_999_999.99m])
        {
            await ListAsync(seller, "x", price);
        }

        var facets = await FacetsAsync($"seller_id={seller.UserId}");

        Counts(facets, "prices", "from").ShouldBe(["0: 2", "1: 2", "2: 1", "20: 1", "50: 1", "5000000000: 1"]);
        facets["prices"].EnumerateArray().Select(band => band.GetProperty("to").GetDecimal()).ShouldBe([0.99m, 1.99m, 4.99m, 49.99m, 99.99m, 9_999_999_999.99m]);
        facets.Text("currency").ShouldBe("EUR");
    }

    [Test]
    public async Task Ratings_count_what_is_rated_at_least_so_well()
    {
        var seller = await Shop.CustomerAsync();
        foreach (var rating in (int[])[0, 2, 4, 5])
        {
            await RatedAsync(seller, rating);
        }

        Counts(await FacetsAsync($"seller_id={seller.UserId}"), "ratings", "min_rating").ShouldBe(["4: 2", "3: 2", "2: 3", "1: 3"]);
    }

    [TestCase("")]
    [TestCase("search=lamp")]
    [TestCase("min_price=2")]
    [TestCase("max_price=10")]
    [TestCase("min_price=2&max_price=10")]
    [TestCase("min_rating=4")]
    [TestCase("min_rating=0")]
    [TestCase("in_stock=true")]
    [TestCase("in_stock=false")]
    [TestCase("category={top}")]
    [TestCase("category_id={left}")]
    [TestCase("category_id={top_id}")]
    [TestCase("category_id={left}&category={top}&max_price=10&min_rating=1")]
    [TestCase("category={top}&min_price=2&in_stock=true&search=lamp")]
    [TestCase("category=there+is+none")]
    [TestCase("category_id=-1")]
    public async Task What_is_counted_is_what_the_list_finds_and_each_facet_is_what_it_finds_with_one_filter_more(string filter)
    {
        var (seller, top, left) = await FillAsync();
        filter = filter.Replace("{top_id}", $"{top}", StringComparison.Ordinal)
            .Replace("{top}", Uri.EscapeDataString("Shelf " + seller.Username), StringComparison.Ordinal)
            .Replace("{left}", $"{left}", StringComparison.Ordinal);
        var query = $"seller_id={seller.UserId}&{filter}";
        var found = await ProductsAsync(query);

        var facets = await FacetsAsync(query);

        facets["count"].GetInt32().ShouldBe(found.Count);
        facets["capped"].GetBoolean().ShouldBeFalse();
        foreach (var band in facets["prices"].EnumerateArray())
        {
            var (from, to) = (band.GetProperty("from").GetDecimal(), band.GetProperty("to").GetDecimal());
            found.Count(product => Price(product) >= from && Price(product) <= to).ShouldBe(band.GetProperty("count").GetInt32());
            found.RemoveAll(product => Price(product) >= from && Price(product) <= to);
        }

        found.ShouldBeEmpty("every price is in a band");
        found = await ProductsAsync(query);
        foreach (var rating in facets["ratings"].EnumerateArray())
        {
            found.Count(product => Rating(product) >= rating.GetProperty("min_rating").GetDecimal()).ShouldBe(rating.GetProperty("count").GetInt32());
        }

        foreach (var category in facets["categories"].EnumerateArray())
        {
            (await ProductsAsync($"seller_id={seller.UserId}&{Without(filter, "category_id")}&category_id={category.GetProperty("id")}"))
                .Count(product => found.Any(each => Id(each) == Id(product))).ShouldBe(category.GetProperty("count").GetInt32());
        }
    }

    [TestCase("min_price=x", "min_price")]
    [TestCase("min_price=-1", "min_price")]
    [TestCase("max_price=0.001", "max_price")]
    [TestCase("min_rating=5.1", "min_rating")]
    [TestCase("in_stock=perhaps", "in_stock")]
    [TestCase("category_id=x", "category_id")]
    [TestCase("seller_id=x", "seller_id")]
    [TestCase("search=%00", "search")]
    public async Task A_filter_that_is_none_is_400(string filter, string field) =>
        (await Shop.Anonymous().GetAsync($"/products/facets?{filter}")).ShouldBeProblem(400, "validation_failed", field);

    [TestCase("search")]
    [TestCase("category")]
    public async Task A_text_that_is_too_long_is_400(string field) =>
        (await Shop.Anonymous().GetAsync($"/products/facets?{field}={new string('x', 201)}")).ShouldBeProblem(400, "validation_failed", field);

    [Test]
    public async Task What_changes_shows_at_once_and_what_left_the_catalog_is_not_counted()
    {
        var seller = await Shop.CustomerAsync();
        var list = $"seller_id={seller.UserId}";
        var product = await ListAsync(seller, "x", price: 1);
        await ListAsync(seller, "y", price: 3);
        Counts(await FacetsAsync(list), "prices", "from").ShouldBe(["1: 1", "2: 1"]);

        (await seller.PatchAsync($"/products/{product.Id}", new { price = 4 })).ShouldBe(200);
        Counts(await FacetsAsync(list), "prices", "from").ShouldBe(["2: 2"]);

        (await seller.DeleteAsync($"/products/{product.Id}")).ShouldBe(204);
        var left = await FacetsAsync(list);
        Counts(left, "prices", "from").ShouldBe(["2: 1"]);
        left["count"].GetInt32().ShouldBe(1);
    }

    private async Task<Answer> FacetsAsync(string query) => (await Shop.Anonymous().GetAsync($"/products/facets?{query}")).ShouldBe(200);

    private async Task<List<JsonElement>> ProductsAsync(string query) => [.. (await Shop.Anonymous().GetAsync($"/products?{query}&limit=100")).ShouldBe(200).Json.EnumerateArray()];

    /// <summary>Products of every kind, in two categories below one and in none.</summary>
    private async Task<(Actor Seller, long Top, long Left)> FillAsync()
    {
        var seller = await Shop.CustomerAsync();
        var top = await CategoryAsync("Shelf " + seller.Username);
        var (left, right) = (await CategoryAsync(parentId: top), await CategoryAsync(parentId: top));
        for (var i = 0; i < 12; i++)
        {
            long? category = (i % 4) switch { 0 => top, 1 => left, 2 => right, _ => null };
            var product = await ListAsync(seller, i % 2 == 0 ? "lamp" : "chair", price: (i % 5 * 3) + 0.5m, stock: i % 3, categoryId: category);
            if (i % 3 == 0)
            {
                (await Admin.PostAsync($"/products/{product.Id}/reviews", new { rating = 2 + (i % 4) })).ShouldBe(201);
            }
        }

        return (seller, top, left);
    }

    private async Task RatedAsync(Actor seller, int rating)
    {
        var product = await ListAsync(seller, "x");
        if (rating > 0)
        {
            (await Admin.PostAsync($"/products/{product.Id}/reviews", new { rating })).ShouldBe(201);
        }
    }

    private static IEnumerable<string> Counts(Answer facets, string facet, string key) => facets[facet].EnumerateArray()
        .Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.GetProperty(key).GetDecimal():0.##}: {each.GetProperty("count").GetInt32()}"));

    private static string Without(string query, string name) =>
        string.Join('&', query.Split('&').Where(pair => !pair.StartsWith(name + "=", StringComparison.Ordinal)));

    private static decimal Price(JsonElement product) => product.GetProperty("price").GetDecimal();

    private static decimal Rating(JsonElement product) =>
        product.GetProperty("rating") is { ValueKind: JsonValueKind.Number } rating ? rating.GetDecimal() : 0;

    private static long Id(JsonElement product) => product.GetProperty("id").GetInt64();
}

/// <summary>What is looked at when there is more than may be.</summary>
public sealed class CappedFacetsTests : CatalogTest
{
    private const int AtMost = 6;

    [TestCase("")]
    [TestCase("category_id={top}")]
    [TestCase("category_id={left}")]
    [TestCase("min_price=1")]
    [TestCase("min_rating=1")]
    [TestCase("seller_id={seller}")]
    [TestCase("in_stock=true")]
    [TestCase("category_id={top}&seller_id={seller}&min_rating=1")]
    public async Task Too_many_are_counted_as_at_least_so_many(string filter)
    {
        var look = await LookAsync(await ResolveAsync(filter));

        look.IsAll.ShouldBeFalse();
        look.Found.Count.ShouldBe(AtMost);
    }

    [TestCase("category_id={left}&seller_id={other}", 1)]
    [TestCase("min_price=1&seller_id={other}", 1)]
    [TestCase("min_rating=1&seller_id={other}", 1)]
    [TestCase("category_id={left}&min_price=99", 1)]
    [TestCase("category_id={left}&min_price=99&in_stock=false", 0)]
    [TestCase("category_id={top}&min_price=99", 1)]
    public async Task Filters_of_which_one_leaves_few_are_counted_exactly(string filter, int expected)
    {
        var look = await LookAsync(await ResolveAsync(filter));

        look.IsAll.ShouldBeTrue();
        look.Found.Count.ShouldBe(expected);
    }

    [Test]
    [PostgreSqlOnly("it looks into each of the categories below")]
    public async Task No_category_hides_another()
    {
        var look = await LookAsync(await ResolveAsync("category_id={top}"));

        look.Found.CountBy(product => product.CategoryId!.Value).Select(category => category.Value).ShouldBe([2, 2, 2]);
    }

    [Test]
    public async Task What_is_found_among_too_many_is_no_more_than_they_are()
    {
        var look = await LookAsync(await ResolveAsync("category_id={left}&in_stock=false"));

        look.IsAll.ShouldBe(TestKit.TestCluster.IsSqlServer, "there might be more among the others");
        look.Found.ShouldBeEmpty();
    }

    private async Task<CatalogLook> LookAsync(GetProductFacets query)
    {
        await using var scope = Shop.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ICatalogReads>().LookAsync(query, AtMost, default);
    }

    /// <summary>A category with two below it, each with more products than are looked at, all rated; one of them dear and another seller's.</summary>
    private async Task<GetProductFacets> ResolveAsync(string filter)
    {
        var (seller, other) = (await Shop.CustomerAsync(), await Shop.CustomerAsync());
        var top = await CategoryAsync();
        var (left, right) = (await CategoryAsync(parentId: top), await CategoryAsync(parentId: top));
        foreach (var category in (long[])[top, left, right])
        {
            for (var i = 0; i <= AtMost; i++)
            {
                var isOdd = i == 0 && category == left;
                var product = await ListAsync(isOdd ? other : seller, "x", price: isOdd ? 100 : 1, categoryId: category);
                (await Admin.PostAsync($"/products/{product.Id}/reviews", new { rating = 5 })).ShouldBe(201);
            }
        }

        var query = new GetProductFacets();
        foreach (var pair in filter.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')))
        {
            var ids = new Dictionary<string, long> { ["{top}"] = top, ["{left}"] = left, ["{seller}"] = seller.UserId, ["{other}"] = other.UserId };
            query = pair[0] switch
            {
                "category_id" => query with { CategoryId = ids[pair[1]] },
                "seller_id" => query with { SellerId = ids[pair[1]] },
                "min_price" => query with { MinPrice = decimal.Parse(pair[1], CultureInfo.InvariantCulture) },
                "min_rating" => query with { MinRating = decimal.Parse(pair[1], CultureInfo.InvariantCulture) },
                _ => query with { InStock = bool.Parse(pair[1]) },
            };
        }

        return query;
    }
}
