
namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class ListProductsTests : CatalogTest
{
    [Test]
    public async Task Anybody_sees_the_newest_first_and_nothing_that_left_the_catalog()
    {
        var seller = await Shop.CustomerAsync();
        var first = await ListAsync(seller, "One");
        var gone = await ListAsync(seller, "Two");
        var last = await ListAsync(seller, "Three");
        (await seller.DeleteAsync($"/products/{gone.Id}")).ShouldBe(204);

        var page = await Shop.Anonymous().GetAsync($"/products?seller_id={seller.UserId}&count=true");

        Ids(page).ShouldBe([last.Id, first.Id]);
        page.Json[0].GetRawText().ShouldBe(last.Body);
        page.Header("X-Total-Count").ShouldBe("2");
        page.Header("Link").ShouldBeNull();
        page.NextCursor.ShouldBeNull();
    }

    [TestCase("min_price=2", "b,c")]
    [TestCase("max_price=2", "a,b")]
    [TestCase("min_price=1.50&max_price=2.50", "b")]
    [TestCase("min_price=3&max_price=1", "")]
    [TestCase("in_stock=true", "b,c")]
    [TestCase("in_stock=false", "a")]
    [TestCase("min_rating=4", "b")]
    [TestCase("min_rating=0", "a,b")]
    public async Task Filters_narrow_the_list(string filter, string expected)
    {
        var seller = await Shop.CustomerAsync();
        var a = (await ListAsync(seller, "a", price: 1, stock: 0)).Id;
        var b = (await ListAsync(seller, "b", price: 2)).Id;
        await ListAsync(seller, "c", price: 3);
        (await Admin.PostAsync($"/products/{a}/reviews", new { rating = 3 })).ShouldBe(201);
        (await Admin.PostAsync($"/products/{b}/reviews", new { rating = 4 })).ShouldBe(201);

        var page = (await Shop.Anonymous().GetAsync($"/products?seller_id={seller.UserId}&sort=name&{filter}")).ShouldBe(200);

        string.Join(',', page.Json.EnumerateArray().Select(product => product.GetProperty("name").GetString())).ShouldBe(expected);
    }

    [Test]
    public async Task A_category_is_listed_with_all_below_it_by_id_and_by_name_in_any_case()
    {
        var name = Unique("Garden");
        var top = await CategoryAsync(name);
        var middle = await CategoryAsync(parentId: top);
        var bottom = await CategoryAsync(parentId: middle);
        var elsewhere = await CategoryAsync();
        var here = (await ListAsync(Admin, "x", categoryId: top)).Id;
        var below = (await ListAsync(Admin, "x", categoryId: bottom)).Id;
        await ListAsync(Admin, "x", categoryId: elsewhere);

        Ids(await Admin.GetAsync($"/products?category_id={top}")).ShouldBe([below, here]);
        Ids(await Admin.GetAsync($"/products?category={Uri.EscapeDataString(name.ToUpperInvariant())}")).ShouldBe([below, here]);
        Ids(await Admin.GetAsync($"/products?category_id={bottom}")).ShouldBe([below]);
        Ids(await Admin.GetAsync($"/products?category_id={bottom}&category={Uri.EscapeDataString(name)}")).ShouldBe([below]);
        Ids(await Admin.GetAsync($"/products?category_id={elsewhere}&category={Uri.EscapeDataString(name)}")).ShouldBeEmpty();
    }

    [TestCase("category_id=999999999")]
    [TestCase("category=no+such+category")]
    [TestCase("seller_id=999999999")]
    [TestCase("search=no+such+word")]
    public async Task A_filter_that_nothing_fits_gives_an_empty_list(string filter)
    {
        var page = await Shop.Anonymous().GetAsync($"/products?{filter}&count=true");

        Ids(page).ShouldBeEmpty();
        page.Header("X-Total-Count").ShouldBe("0");
    }

    [Test]
    public async Task Every_word_of_a_search_occurs_in_name_sku_or_description_in_any_case_and_order()
    {
        var seller = await Shop.CustomerAsync();
        var tag = Guid.NewGuid().ToString("N")[..8];
        var lamp = (await ListAsync(seller, "Äpfel & lamp", description: $"Warm {tag} light, 100% wool_like", sku: "SK-" + tag)).Id;
        await ListAsync(seller, "Äpfel", description: "something else");

        var list = $"/products?seller_id={seller.UserId}&search=";
        Ids(await Admin.GetAsync(list + $"LIGHT+äPFEL+sk-{tag}")).ShouldBe([lamp]);
        Ids(await Admin.GetAsync(list + "light+missing")).ShouldBeEmpty();
        Ids(await Admin.GetAsync(list + "wool_like+100%25")).ShouldBe([lamp]);
        Ids(await Admin.GetAsync(list + "woolxlike")).ShouldBeEmpty();
        Ids(await Admin.GetAsync(list + "100x+%25")).ShouldBeEmpty();
        Ids(await Admin.GetAsync(list + "a+m+p+l+e+w+r+i+g+h+t+q+lamp")).ShouldBeEmpty("the twelfth word counts too");
        Ids(await Admin.GetAsync(list + "+")).Length.ShouldBe(2, "no word is no filter");
    }

    [Test]
    public async Task Relevance_puts_the_name_before_the_sku_before_the_description()
    {
        var seller = await Shop.CustomerAsync();
        var inName = (await ListAsync(seller, "A wonderfully long name with a kettle in it")).Id;
        var inSku = (await ListAsync(seller, "x", sku: "kettle-" + Guid.NewGuid().ToString("N")[..8])).Id;
        var inDescription = (await ListAsync(seller, "y", description: "kettle", sku: Guid.NewGuid().ToString("N")[..6])).Id;
        var atTheStart = (await ListAsync(seller, "Kettle")).Id;

        var page = await Admin.GetAsync($"/products?seller_id={seller.UserId}&search=kettle&sort=relevance");

        Ids(page).ShouldBe([atTheStart, inName, inSku, inDescription]);
    }

    [TestCase("limit=0", "limit")]
    [TestCase("limit=101", "limit")]
    [TestCase("limit=x", "limit")]
    [TestCase("sort=cheap", "sort")]
    [TestCase("sort=relevance", "sort")]
    [TestCase("min_price=-1", "min_price")]
    [TestCase("max_price=1.005", "max_price")]
    [TestCase("max_price=1e400", "max_price")]
    [TestCase("min_rating=6", "min_rating")]
    [TestCase("category_id=x", "category_id")]
    [TestCase("in_stock=perhaps", "in_stock")]
    [TestCase("cursor=forged", "cursor")]
    [TestCase("count=perhaps", "count")]
    public async Task Bad_input_is_400_and_names_the_field(string query, string field) =>
        (await Shop.Anonymous().GetAsync("/products?" + query)).ShouldBeProblem(400, "validation_failed", field);
}
