using Npgsql;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Catalog;

/// <summary>What others do while a catalog is loaded, each held at the worst moment.</summary>
[PostgreSqlOnly("it holds rows and looks at how the table of movements is used")]
public sealed class BackfillMeanwhileTests : ShopTest
{
    private const string Header = "sku,name,price,stock";
    private const string Indexes = "SELECT string_agg(indexdef, E'\\n' ORDER BY indexname) FROM pg_indexes WHERE tablename = 'stock_movements'";
    private const string Files = "SELECT pg_relation_filenode('stock_movements')::text";
    private const string Movements =
        "SELECT string_agg(sku || ' ' || reason || ' ' || delta, ', ' ORDER BY sku COLLATE \"C\", movement.id) FROM stock_movements movement JOIN products ON products.id = product_id";

    [Test]
    public async Task A_product_made_meanwhile_becomes_what_the_file_says()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        await using var somebody = new NpgsqlConnection(shop.ConnectionString);
        await somebody.OpenAsync();
        await using var making = await somebody.BeginTransactionAsync();
        await ExecuteAsync(making, """
            WITH made AS (
                INSERT INTO products (id, sku, name, price, stock, rating_sum, review_count, units_sold, version, created_at, updated_at)
                SELECT nextval('product_ids'), sku, 'Made', 1, 3, 0, 0, 0, 1, now(), now() FROM unnest(ARRAY['A', 'B']) AS sku
                RETURNING id)
            INSERT INTO stock_movements (product_id, delta, reason, created_at) SELECT id, 3, 'listed', now() FROM made
            """);

        var load = admin.BackfillAsync(Csv.File(Header, "a,Loaded,2,5", "B,Made,1,3", "C,Loaded,2,5"));
        await WaitingAsync(shop);
        await making.CommitAsync();

        (await load).ShouldReport("3, 3, [], 0; 1, 1, 1; 3, 0, 0, 0");
        (await shop.ScalarAsync<string>("SELECT string_agg(sku || name || stock || '/' || version, ' ' ORDER BY sku COLLATE \"C\") FROM products"))
            .ShouldBe("ALoaded5/2 BMade3/1 CLoaded5/1");
        (await shop.ScalarAsync<string>(Movements)).ShouldBe("A listed 3, A recounted 2, B listed 3, C listed 5");
        await shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task The_first_movements_get_new_files_and_the_same_indexes_and_later_ones_join_them()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var (indexes, files) = (await shop.ScalarAsync<string>(Indexes), await shop.ScalarAsync<string>(Files));

        (await admin.BackfillAsync(Csv.File(Header, "A,Lamp,1,5"), "?dry_run=true")).ShouldReport("1, 1, [], 0; 1, 0, 0; 1, 0, 0, 0");
        (await shop.ScalarAsync<string>(Files)).ShouldBe(files);
        (await admin.BackfillAsync(Csv.File(Header, "A,Lamp,1,5"))).ShouldReport("1, 1, [], 0; 1, 0, 0; 1, 0, 0, 0");
        var filesOfFirst = await shop.ScalarAsync<string>(Files);
        (await admin.BackfillAsync(Csv.File(Header, "A,Lamp,1,5", "B,Lamp,1,7"))).ShouldReport("2, 2, [], 0; 1, 0, 1; 2, 0, 0, 0");

        filesOfFirst.ShouldNotBe(files);
        (await shop.ScalarAsync<string>(Files)).ShouldBe(filesOfFirst);
        (await shop.ScalarAsync<string>(Indexes)).ShouldBe(indexes);
        (await shop.ScalarAsync<string>(Movements)).ShouldBe("A listed 5, B listed 7");
    }

    [Test]
    public async Task Somebody_who_holds_a_product_of_the_file_can_write_its_first_movement()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        (await admin.BackfillAsync(Csv.File(Header, "A,Lamp,1,0"))).ShouldReport("1, 1, [], 0; 1, 0, 0; 1, 0, 0, 0");
        await using var somebody = new NpgsqlConnection(shop.ConnectionString);
        await somebody.OpenAsync();
        await using var counting = await somebody.BeginTransactionAsync();
        await ExecuteAsync(counting, "UPDATE products SET stock = 4 WHERE sku = 'A'");

        var load = admin.BackfillAsync(Csv.File(Header, "A,Lamp,2,9", "B,Lamp,1,7"));
        await WaitingAsync(shop);
        await ExecuteAsync(counting, "INSERT INTO stock_movements (product_id, delta, reason, created_at) SELECT id, 4, 'recounted', now() FROM products");
        await counting.CommitAsync();

        (await load).ShouldReport("2, 2, [], 0; 1, 1, 0; 2, 0, 0, 0");
        (await shop.ScalarAsync<string>(Movements)).ShouldBe("A recounted 4, A recounted 5, B listed 7");
        await shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task A_product_withdrawn_meanwhile_stays_as_it_left()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        await admin.BackfillAsync(Csv.File(Header, "A,Lamp,1,5"));
        await using var somebody = new NpgsqlConnection(shop.ConnectionString);
        await somebody.OpenAsync();
        await using var withdrawing = await somebody.BeginTransactionAsync();
        await ExecuteAsync(withdrawing, "UPDATE products SET deleted_at = now() WHERE sku = 'A'");

        var load = admin.BackfillAsync(Csv.File(Header, "A,Lamp,2,9"));
        await WaitingAsync(shop);
        await withdrawing.CommitAsync();

        (await load).ShouldReport("1, 1, [], 0; 0, 0, 1; 1, 0, 0, 0");
        (await shop.ScalarAsync<string>("SELECT string_agg(sku || price || '/' || stock, ' ') FROM products")).ShouldBe("A1.00/5");
        await shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task Whoever_lists_a_loaded_catalog_gets_plans_for_it_at_once()
    {
        const string known = "SELECT count(*) FROM pg_stats WHERE tablename = 'products' AND attname = 'deleted_at' AND null_frac = 1";
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        (await shop.ScalarAsync<long>(known)).ShouldBe(0);

        (await admin.BackfillAsync(Csv.File(Header, "A,Lamp,1,5", "B,Lamp,1,7"))).ShouldReport("2, 2, [], 0; 2, 0, 0; 2, 0, 0, 0");

        (await shop.ScalarAsync<long>(known)).ShouldBe(1);
    }

    private static Task WaitingAsync(ShopServer shop) => Until.TrueAsync(
        async () => await shop.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 1,
        "the load does not wait");

    private static async Task ExecuteAsync(NpgsqlTransaction transaction, string sql)
    {
        await using var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        await command.ExecuteNonQueryAsync();
    }
}
