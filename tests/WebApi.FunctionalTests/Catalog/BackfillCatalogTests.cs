using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class BackfillCatalogTests : ShopTest
{
    private const string Header = "sku,name,description,price,category,image_url,stock";

    [Test]
    public async Task Rows_become_products_of_the_shop()
    {
        var id = Sku();
        var file = Csv.File(
            "Stock,PRICE,extra,Name,Category,image_url,Description,SKU",
            $"5,12.50,ignored, Lamp ,{id} light,https://example.org/l.png,\"Bright, \"\"warm\"\"\nand long\",{id}",
            $",1,,Plain,,,,{id}-2");

        (await Admin.BackfillAsync(file)).ShouldReport("2, 2, [], 0; 2, 0, 0; 2, 0, 0, 0");

        var lamp = await FindAsync(id);
        lamp["name"].GetString().ShouldBe("Lamp");
        lamp["price"].GetRawText().ShouldBe("12.50");
        lamp["category"].GetString().ShouldBe($"{id} light");
        lamp["image_url"].GetString().ShouldBe("https://example.org/l.png");
        lamp["description"].GetString().ShouldBe("Bright, \"warm\"\nand long");
        lamp["stock"].GetInt32().ShouldBe(5);
        lamp["seller_id"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await MovementsAsync(id)).ShouldBe("listed 5");
        (await FindAsync($"{id}-2"))["stock"].GetInt32().ShouldBe(0);
    }

    [Test]
    public async Task The_same_file_again_changes_nothing()
    {
        var id = Sku();
        var file = Csv.File(Header, $"{id},Lamp,Bright,12.50,{id} light,https://example.org/l.png,5", $",{id} nameless,,3,,,", $"{id},Lamp,Brighter,12.50,{id} LIGHT,,5");
        (await Admin.BackfillAsync(file)).ShouldReport("3, 3, [], 0; 2, 0, 0; 2, 0, 0, 0");
        var before = await RowsAsync(id);

        (await Admin.BackfillAsync(file)).ShouldReport("3, 3, [], 0; 0, 0, 2; 2, 0, 0, 0");

        (await RowsAsync(id)).ShouldBe(before);
        (await FindAsync(id))["description"].GetString().ShouldBe("Brighter");
    }

    [Test]
    public async Task Of_a_sku_that_comes_again_in_another_case_the_last_row_counts()
    {
        var id = Sku();
        var file = Csv.File(Header, $"{id},First,,1,{id} light,,5", $"{id}-2,Other,,1,{id} Light,,5", $"{id.ToLowerInvariant()},Last,,2,,,7");

        (await Admin.BackfillAsync(file)).ShouldReport("3, 3, [], 0; 2, 0, 0; 2, 0, 0, 0");
        (await Admin.BackfillAsync(file)).ShouldReport("3, 3, [], 0; 0, 0, 2; 2, 0, 0, 0");

        var last = await FindAsync(id);
        (last["name"].GetString(), last["category"].GetString(), last["stock"].GetInt32()).ShouldBe(("Last", null, 7));
        (await FindAsync($"{id}-2"))["category"].GetString().ShouldBe($"{id} Light");
    }

    [Test]
    public async Task An_absent_column_leaves_a_value_and_an_empty_field_empties_it()
    {
        var id = Sku();
        await Admin.BackfillAsync(Csv.File(Header, $"{id},Lamp,Bright,12.50,{id} light,https://example.org/l.png,5"));

        (await Admin.BackfillAsync(Csv.File("sku,name,price", $"{id.ToLowerInvariant()},Lamp 2,13"))).ShouldReport("1, 1, [], 0; 0, 1, 0; 1, 0, 0, 0");
        var kept = await FindAsync(id);
        (await Admin.BackfillAsync(Csv.File(Header, $"{id},Lamp 2,,13,,,"))).ShouldReport("1, 1, [], 0; 0, 1, 0; 1, 0, 0, 0");
        var emptied = await FindAsync(id);

        (kept["name"].GetString(), kept["description"].GetString(), kept["category"].GetString(), kept["stock"].GetInt32(), kept["sku"].GetString())
            .ShouldBe(("Lamp 2", "Bright", $"{id} light", 5, id));
        kept["image_url"].GetString().ShouldBe("https://example.org/l.png");
        (emptied["description"].GetString(), emptied["category"].GetString(), emptied["image_url"].GetString(), emptied["stock"].GetInt32())
            .ShouldBe((null, null, null, 5));
    }

    [Test]
    public async Task A_changed_stock_is_written_down_as_recounted()
    {
        var id = Sku();
        await Admin.BackfillAsync(Csv.File(Header, $"{id},Lamp,,1,,,5"));
        var etag = (await FindAsync(id)).Header("ETag");

        (await Admin.BackfillAsync(Csv.File(Header, $"{id},Lamp,,1,,,2"))).ShouldReport("1, 1, [], 0; 0, 1, 0; 1, 0, 0, 0");

        (await FindAsync(id))["stock"].GetInt32().ShouldBe(2);
        (await FindAsync(id)).Header("ETag").ShouldNotBe(etag);
        (await MovementsAsync(id)).ShouldBe("listed 5, recounted -3");
    }

    [Test]
    public async Task A_product_that_left_the_catalog_comes_back_as_a_new_one()
    {
        var id = Sku();
        var file = Csv.File(Header, $"{id},Lamp,,1,,,5");
        await Admin.BackfillAsync(file);
        (await Admin.DeleteAsync($"/products/{(await FindAsync(id)).Id}")).ShouldBe(204);

        (await Admin.BackfillAsync(file)).ShouldReport("1, 1, [], 0; 1, 0, 0; 1, 0, 0, 0");

        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM products WHERE sku = '{id}'")).ShouldBe(2);
    }

    [Test]
    public async Task A_product_stays_in_a_deeper_category_of_the_same_name()
    {
        var id = Sku();
        await Admin.BackfillAsync(Csv.File(Header, $"{id},Lamp,,1,{id} light,,"));
        await Shop.ScalarAsync<long>($"""
            WITH deeper AS (INSERT INTO categories (id, name, parent_id, version, created_at, updated_at) SELECT nextval('category_ids'), name, id, 1, now(), now() FROM categories WHERE name = '{id} light' RETURNING id)
            UPDATE products SET category_id = deeper.id FROM deeper WHERE sku = '{id}' RETURNING deeper.id
            """);

        (await Admin.BackfillAsync(Csv.File(Header, $"{id},Lamp,,1,{id} light,,"))).ShouldReport("1, 1, [], 0; 0, 0, 1; 1, 0, 0, 0");
    }

    [TestCase(",,1,,,", "name")]
    [TestCase("Lamp,,,,,", "price")]
    [TestCase("Lamp,,1.005,,,", "price")]
    [TestCase("Lamp,,-1,,,", "price")]
    [TestCase("Lamp,,10000000000,,,", "price")]
    [TestCase("Lamp,,1,,javascript:alert(1),", "image_url")]
    [TestCase("Lamp,,1,,,-1", "stock")]
    [TestCase("Lamp,,1,,,1000000001", "stock")]
    [TestCase("Lamp,,1,,,1.5", "stock")]
    public async Task Rows_that_cannot_be_read_are_rejected_and_the_rest_loads(string row, string column)
    {
        var id = Sku();

        var report = (await Admin.BackfillAsync(Csv.File(Header, $"{id},{row}", $"{id}-2,Lamp,,1,,,"))).ShouldReport("2, 1, [], 1; 1, 0, 0; 1, 0, 0, 0");

        report["errors"][0].GetProperty("line").GetInt64().ShouldBe(2);
        report["errors"][0].GetProperty("column").GetString().ShouldBe(column);
    }

    private static string Sku() => "B-" + Guid.NewGuid().ToString("N")[..10].ToUpperInvariant();

    private async Task<Answer> FindAsync(string sku) =>
        (await Admin.GetAsync($"/products/{await Shop.ScalarAsync<long>($"SELECT id FROM products WHERE sku = '{sku}' AND deleted_at IS NULL")}")).ShouldBe(200);

    private Task<string> MovementsAsync(string sku) => Shop.ScalarAsync<string>(
        $"SELECT string_agg(reason || ' ' || delta, ', ' ORDER BY stock_movements.id) FROM stock_movements JOIN products ON products.id = product_id WHERE sku = '{sku}'");

    private Task<string> RowsAsync(string id) => Shop.ScalarAsync<string>(
        $"SELECT string_agg(xmin || products::text, ' ' ORDER BY id) FROM products WHERE sku = '{id}' OR name = '{id} nameless'");
}
