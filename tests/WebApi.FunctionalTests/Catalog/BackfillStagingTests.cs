using Npgsql;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Catalog;

/// <summary>What the ways of staging and inserting could get wrong without being seen on a plain file.</summary>
[PostgreSqlOnly("it looks at how COPY and the table of lines are used")]
public sealed class BackfillStagingTests : ShopTest
{
    private const string Indexes = "SELECT string_agg(indexdef, E'\\n' ORDER BY indexname) FROM pg_indexes WHERE tablename = 'order_items'";
    private const string Files = "SELECT pg_relation_filenode('order_items')::text";
    private const string Lines =
        "SELECT string_agg(invoice_no || '=' || sku || '*' || quantity || '@' || unit_price, ' ' ORDER BY order_items.id) FROM order_items JOIN orders ON orders.id = order_id";

    [Test]
    public async Task The_first_lines_get_new_files_and_the_same_indexes_and_later_ones_join_them()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var (indexes, files) = (await shop.ScalarAsync<string>(Indexes), await shop.ScalarAsync<string>(Files));

        (await admin.BackfillAsync(File("1"))).ShouldReport("2, 2, [], 0; 3, 0, 0; 1, 1, 1, 1");
        var filesOfFirst = await shop.ScalarAsync<string>(Files);
        (await admin.BackfillAsync(File("2"))).ShouldReport("2, 2, [], 0; 1, 0, 2; 1, 1, 1, 1");

        filesOfFirst.ShouldNotBe(files);
        (await shop.ScalarAsync<string>(Files)).ShouldBe(filesOfFirst);
        (await shop.ScalarAsync<string>(Indexes)).ShouldBe(indexes);
        (await shop.ScalarAsync<string>(Lines)).ShouldBe("1=A*3@1.00 2=A*3@1.00");
        await shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task Somebody_who_reads_the_empty_lines_is_not_waited_for()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var (indexes, files) = (await shop.ScalarAsync<string>(Indexes), await shop.ScalarAsync<string>(Files));
        await using var reader = new NpgsqlConnection(shop.ConnectionString);
        await reader.OpenAsync();
        await using var reading = await reader.BeginTransactionAsync();
        await using var read = new NpgsqlCommand("SELECT count(*) FROM order_items", reader, reading);
        await read.ExecuteScalarAsync();

        (await admin.BackfillAsync(File("1"))).ShouldReport("2, 2, [], 0; 3, 0, 0; 1, 1, 1, 1");

        (await shop.ScalarAsync<string>(Files)).ShouldBe(files);
        (await shop.ScalarAsync<string>(Indexes)).ShouldBe(indexes);
        (await shop.ScalarAsync<string>(Lines)).ShouldBe("1=A*3@1.00");
    }

    [Test]
    public async Task A_role_that_may_only_read_and_write_rows_loads_the_same()
    {
        await using var shop = await ShopServer.StartAsync();
        var (role, files) = ("writer_" + Guid.NewGuid().ToString("N"), await shop.ScalarAsync<string>(Files));
        await shop.ScalarAsync<int>($"""
            CREATE ROLE {role} LOGIN PASSWORD '{role}';
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
            GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
            SELECT 1
            """);
        var connection = new NpgsqlConnectionStringBuilder(shop.ConnectionString) { Username = role, Password = role }.ConnectionString;
        try
        {
            await using (var node = shop.StartSecondNode(new Dictionary<string, string> { ["ConnectionStrings:Shop"] = connection }))
            {
                var admin = await node.AdminAsync();
                (await admin.BackfillAsync(File("1"))).ShouldReport("2, 2, [], 0; 3, 0, 0; 1, 1, 1, 1");
                (await admin.BackfillAsync(File("1"))).ShouldReport("2, 2, [], 0; 0, 0, 3; 1, 1, 1, 1");
                (await admin.BackfillAsync(Csv.File("sku,name,price,stock", "a,Lamp,2,5", "B,Lamp,1,7"))).ShouldReport("2, 2, [], 0; 1, 1, 0; 2, 0, 0, 0");
            }

            (await shop.ScalarAsync<string>(Files)).ShouldBe(files);
            (await shop.ScalarAsync<string>(Lines)).ShouldBe("1=A*3@1.00");
            await shop.ShouldBalanceAsync();
        }
        finally
        {
            NpgsqlConnection.ClearPool(new NpgsqlConnection(connection));
            await shop.ScalarAsync<int>($"DROP OWNED BY {role}; DROP ROLE {role}; SELECT 1");
        }
    }

    [Test]
    public async Task A_dry_run_leaves_the_empty_table_as_it_was()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var (indexes, files) = (await shop.ScalarAsync<string>(Indexes), await shop.ScalarAsync<string>(Files));

        (await admin.BackfillAsync(File("1"), "?dry_run=true")).ShouldReport("2, 2, [], 0; 3, 0, 0; 1, 1, 1, 1");

        (await shop.ScalarAsync<string>(Files)).ShouldBe(files);
        (await shop.ScalarAsync<string>(Indexes)).ShouldBe(indexes);
    }

    [Test]
    public async Task Equal_lines_are_summed_wherever_they_stand_in_the_file()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        string[] rows =
        [
            "1,B,Lamp,1,2011-01-01 10:00,1,7,UK",
            "2,A,Lamp,1,2011-01-01 10:00,1,7,UK",
            "1,A,Lamp,2,2011-01-01 10:00,1,7,UK",
            "1,A,Lamp,4,2011-01-01 10:00,1,7,UK",
            "1,A,Lamp,8,2011-01-01 10:00,1.5,7,UK",
            "1,B,Lamp,16,2011-01-02 10:00,1,8,UK",
            "2,A,Lamp,32,2011-01-01 10:00,1,7,UK",
        ];

        (await admin.BackfillAsync(Csv.File(Csv.Sales, rows))).ShouldReport("7, 7, [], 0; 5, 0, 0; 2, 1, 2, 4");
        (await admin.BackfillAsync(Csv.File(Csv.Sales, rows.Reverse()))).ShouldReport("7, 7, [], 0; 0, 0, 6; 2, 2, 2, 4");

        (await shop.ScalarAsync<string>(Lines)).ShouldBe("1=B*17@1.00 2=A*33@1.00 1=A*6@1.00 1=A*8@1.50");
        await shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task Lines_of_codes_that_are_one_product_are_one_line()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var file = Csv.File(
            Csv.Sales,
            "1,CAF\u00C9,First,1,2011-01-01 10:00,1,7,UK",
            "1,CAFE\u0301,Last,2,2011-01-01 10:00,1,7,UK");

        (await admin.BackfillAsync(file)).ShouldReport("2, 2, [], 0; 3, 0, 0; 1, 1, 1, 1");
        (await admin.BackfillAsync(file)).ShouldReport("2, 2, [], 0; 0, 0, 3; 1, 1, 1, 1");

        (await shop.ScalarAsync<string>(Lines)).ShouldBe("1=CAF\u00C9*3@1.00");
        (await shop.ScalarAsync<string>("SELECT name || units_sold FROM products")).ShouldBe("Last3");
    }

    [Test]
    public async Task A_row_rejected_for_its_invoice_is_as_if_it_were_not_in_the_file()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        string[] rows =
        [
            "1,A,Lamp,1,2011-01-01 10:00:00.1234567,9999999990,7,UK",
            "1,B,Rejected,20,2011-01-01 10:00:00.1234567,2,7,UK",
            "1,B,Rejected,20,2011-01-01 10:00:00.1234567,1,7,UK",
            "1,B,,5,2011-01-01 10:00:00.1234567,1,7,UK",
        ];

        (await admin.BackfillAsync(Csv.File(Csv.Sales, rows))).ShouldReport("4, 2, [], 2; 4, 0, 0; 2, 1, 1, 2");
        (await shop.ScalarAsync<string>(Lines)).ShouldBe("1=A*1@9999999990.00 1=B*5@1.00");
        (await shop.ScalarAsync<string>("SELECT name || price FROM products WHERE sku = 'B'")).ShouldBe("B1.00");

        (await admin.BackfillAsync(Csv.File(Csv.Sales, rows[0], rows[3]))).ShouldReport("2, 2, [], 0; 0, 0, 4; 2, 1, 1, 2");
        await shop.ShouldBalanceAsync();
    }

    private static string File(string invoice) => Csv.File(
        Csv.Sales, $"{invoice},A,Lamp,1,2011-01-01 10:00,1,7,UK", $"{invoice},A,Lamp,2,2011-01-01 10:00,1,7,UK");
}
