using System.Text.Json;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class BackfillSalesTests : ShopTest
{
    [Test]
    public async Task Rows_become_products_customers_and_delivered_orders()
    {
        var (id, customer) = Names();
        var file = Csv.File(
            Csv.Sales,
            $"{id},{id}a ,First name,2,2010-12-01 08:26:00,2.555,{customer}.0,United Kingdom",
            $"{id},{id}B,Other,1,2010-12-01 08:27:00,10,{customer},United Kingdom",
            $"{id},{id}A,,3,2010-12-01 08:28,2.56,{customer}.0,United Kingdom",
            $"{id},{id}A, Last name ,1,2010-12-01T08:28:00Z,0.001,{customer}.0,United Kingdom");

        (await Admin.BackfillAsync(file)).ShouldReport("4, 4, [], 0; 4, 0, 0; 2, 1, 1, 3");

        (await SqlAsync($"SELECT sku || '|' || name || '|' || price || '|' || stock || '|' || units_sold || '|' || version FROM products WHERE sku = '{id}a'"))
            .ShouldBe($"{id}A|Last name|0.00|0|6|1");
        (await SqlAsync($"SELECT number || '|' || origin || '|' || status || '|' || subtotal || '|' || total || '|' || username || '|' || (placed_at AT TIME ZONE 'UTC') || '|' || (paid_at = placed_at AND orders.created_at = placed_at) FROM orders JOIN users ON users.id = user_id WHERE invoice_no = '{id}'"))
            .ShouldBe($"{id}|imported|delivered|22.80|22.80|customer-{customer}|2010-12-01 08:26:00|true");
        (await SqlAsync($"SELECT string_agg(sku || '|' || name || '|' || quantity || '|' || unit_price || '|' || line_total || '|' || stock_held, ' ' ORDER BY id) FROM order_items WHERE sku COLLATE \"C\" LIKE '{id}%'"))
            .ShouldBe($"{id}A|Last name|5|2.56|12.80|0 {id}B|Other|1|10.00|10.00|0 {id}A|Last name|1|0.00|0.00|0");
        (await SqlAsync($"SELECT count(*)::text FROM stock_movements JOIN products ON products.id = product_id WHERE sku COLLATE \"C\" LIKE '{id}%'")).ShouldBe("0");
        (await Shop.Anonymous().PostAsync("/auth/login", new { login = $"customer-{customer}", password = "" })).Status.ShouldBeOneOf(400, 401);
        (await Shop.Anonymous().PostAsync("/auth/login", new { login = $"customer-{customer}", password = "password" })).ShouldBe(401);
    }

    [Test]
    public async Task Rows_that_are_no_purchase_are_skipped_by_the_first_reason_and_their_products_are_known()
    {
        var (id, customer) = Names();
        var file = Csv.File(
            Csv.Sales,
            $"C{id},{id}A,Cancelled,-1,2011-01-01 10:00,1,,UK",
            $"c{id},{id}B,Cancelled,1,2011-01-01 10:00,1,{customer},UK",
            $"{id},{id}C,No customer,-1,2011-01-01 10:00,4.25,,UK",
            $"{id},{id}D,No quantity,0,2011-01-01 10:00,0,{customer},UK",
            $"{id},{id}E,No price,1,2011-01-01 10:00,-0.01,{customer},UK",
            $"{id},{id}F,,1,2011-01-01 10:00,0.0,{customer},UK");

        (await Admin.BackfillAsync(file)).ShouldReport("6, 0, [cancellation=2 no_customer=1 price=2 quantity=1], 0; 6, 0, 0; 6, 0, 0, 0");

        (await SqlAsync($"SELECT string_agg(name || '=' || price, ' ' ORDER BY sku) FROM products WHERE sku COLLATE \"C\" LIKE '{id}%'"))
            .ShouldBe($"Cancelled=1.00 Cancelled=1.00 No customer=4.25 No quantity=0.00 No price=0.00 {id}F=0.00");
        (await SqlAsync($"SELECT count(*)::text FROM users WHERE username = 'customer-{customer}'")).ShouldBe("0");
    }

    [Test]
    public async Task Rows_that_cannot_be_read_are_rejected_with_line_and_column_and_the_rest_loads()
    {
        var (id, customer) = Names();
        string Row(
            string invoice = "", string sku = "S", string quantity = "1", string date = "2011-01-01 10:00", string price = "1", string? number = null, string name = "Name") =>
            $"{invoice}{id},{id}{sku},{name},{quantity},{date},{price},{number ?? customer.ToString(System.Globalization.CultureInfo.InvariantCulture)},UK";

        var rows = new (string Row, string? Column)[]
        {
            (Row(), null),
            (Row(quantity: "one", sku: "unknown"), "Quantity"),
            (Row(quantity: "1.5"), "Quantity"),
            (Row(quantity: ""), "Quantity"),
            (Row(quantity: "1000001"), "Quantity"),
            (Row(quantity: "-1000001"), "Quantity"),
            (Row(quantity: "99999999999999999999"), "Quantity"),
            (Row(date: "01/13/2011"), "InvoiceDate"),
            (Row(date: "2011-02-30 10:00"), "InvoiceDate"),
            (Row(date: ""), "InvoiceDate"),
            (Row(price: "1,00", name: "\"a\""), "Country"),
            (Row(price: "free"), "UnitPrice"),
            (Row(price: "10000000000"), "UnitPrice"),
            (Row(price: "9999999999.99", quantity: "2"), "UnitPrice"),
            (Row(number: "abc"), "CustomerID"),
            (Row(number: "17850.5"), "CustomerID"),
            (Row(name: new string('n', 301)), "Description"),
            (Row(invoice: new string('9', 50)), "InvoiceNo"),
            (Row(sku: new string('s', 64)), "StockCode"),
            ($" ,{id}S,Name,1,2011-01-01 10:00,1,{customer},UK", "InvoiceNo"),
            ($"{id},,Name,1,2011-01-01 10:00,1,{customer},UK", "StockCode"),
            (Row(name: "a \"stray\" quote"), "Description"),
            (Row(name: "\"never closed"), "Description"),
            (Row(name: "\"closed\" too early"), "Description"),
            ($"{id},{id}S,Name,1", "InvoiceDate"),
            (Row(name: "NUL \0"), "Description"),
            (Row(sku: "T"), null),
            ($"{id},{id}S,cut in the mid", "Quantity"),
        };
        var bytes = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', [Csv.Sales, .. rows.Select(row => row.Row)]));

        var report = (await Admin.BackfillAsync(bytes)).ShouldReport($"{rows.Length}, 2, [], {rows.Length - 2}; 4, 0, 0; 2, 1, 1, 2");

        var expected = rows.Select((row, i) => (Line: i + 2, row.Column)).Where(row => row.Column is not null).Select(row => $"{row.Line} {row.Column}");
        Errors(report).ShouldBe(expected, report.Body);
        report["errors"].EnumerateArray().ShouldAllBe(error => error.GetProperty("message").GetString()!.Length > 10);
        (await SqlAsync($"SELECT count(*)::text FROM products WHERE sku = '{id}unknown'")).ShouldBe("0");
    }

    [Test]
    public async Task Text_that_is_no_UTF_8_is_rejected_and_the_rest_loads()
    {
        var (id, customer) = Names();
        var row = $"{id},{id}A,?,1,2011-01-01 10:00,1,{customer},UK\n";
        byte[] file = [.. System.Text.Encoding.UTF8.GetBytes($"{Csv.Sales}\n{row}{row}")];
        file[Array.LastIndexOf(file, (byte)'?')] = 0xE9;

        var report = (await Admin.BackfillAsync(file)).ShouldReport("2, 1, [], 1; 3, 0, 0; 1, 1, 1, 1");

        Errors(report).ShouldBe(["3 Description"]);
    }

    [Test]
    public async Task Quotes_that_swallow_rows_give_them_back()
    {
        var (id, customer) = Names();
        var good = Enumerable.Range(1, 500).Select(i => $"{id},{id}A,\"Lamp, {i}\",1,2011-01-01 10:00,1,{customer},UK").ToList();
        List<string> rows = [good[0], $"{id},{id}A,\"opens,1,2011-01-01 10:00,1,{customer},UK", .. good[1..], $"{id},{id}A,closes\",1,2011-01-01 10:00,1,{customer},UK", good[0]];

        var report = (await Admin.BackfillAsync(Csv.File(Csv.Sales, rows))).ShouldReport("503, 501, [], 2; 3, 0, 0; 1, 1, 1, 1");

        Errors(report).ShouldBe(["3 Description", "503 Description"]);
    }

    [Test]
    public async Task The_first_hundred_errors_are_listed()
    {
        var (id, customer) = Names();

        var report = await Admin.BackfillAsync(Csv.File(Csv.Sales, Enumerable.Repeat($"{id},{id}A,x,1,never,1,{customer},UK", 250)));

        report.ShouldReport("250, 0, [], 250; 0, 0, 0; 0, 0, 0, 0")["errors"].GetArrayLength().ShouldBe(100);
    }

    [Test]
    public async Task The_row_that_takes_an_invoice_beyond_what_an_order_holds_is_rejected()
    {
        var (id, customer) = Names();
        var report = (await Admin.BackfillAsync(Csv.File(
            Csv.Sales,
            $"{id},{id}A,x,1,2011-01-01 10:00,9999999999,{customer},UK",
            $"{id},{id}B,x,1,2011-01-01 10:00,1,{customer},UK",
            $"{id},{id}C,x,1000000,2011-01-01 10:00,0.000001,{customer},UK",
            $"{id},{id}C,x,1,2011-01-01 10:00,0.000001,{customer},UK",
            $"{id},{id}A,x,1,2011-01-01 10:00,0.99,{customer},UK"))).ShouldReport("5, 3, [], 2; 4, 0, 0; 2, 1, 1, 3");

        Errors(report).ShouldBe(["3 UnitPrice", "5 UnitPrice"]);
        (await SqlAsync($"SELECT total::text FROM orders WHERE invoice_no = '{id}'")).ShouldBe("9999999999.99");
    }

    [Test]
    public async Task The_same_rows_again_change_nothing_in_whatever_order()
    {
        var (id, customer) = Names();
        string[] rows =
        [
            $"{id}1,{id}A,Name,1,2011-01-01 10:00,1,{customer},UK",
            $"{id}2,{id}A,Name,2,2011-01-01 10:00,1,{customer},UK",
            $"{id}1,{id}A,Name,3,2011-01-01 10:00,1,{customer},UK",
            $"{id}1,{id}A,Name,3,2011-01-01 10:00,1,{customer},UK",
        ];
        (await Admin.BackfillAsync(Csv.File(Csv.Sales, rows))).ShouldReport("4, 4, [], 0; 4, 0, 0; 1, 1, 2, 2");
        var before = await RowsAsync(id, customer);

        (await Admin.BackfillAsync(Csv.File(Csv.Sales, rows))).ShouldReport("4, 4, [], 0; 0, 0, 4; 1, 1, 2, 2");
        (await Admin.BackfillAsync(Csv.File(Csv.Sales, rows.Reverse()))).ShouldReport("4, 4, [], 0; 0, 0, 4; 1, 1, 2, 2");

        (await RowsAsync(id, customer)).ShouldBe(before);
    }

    [Test]
    public async Task An_invoice_that_comes_with_other_rows_replaces_the_first()
    {
        var (id, customer) = Names();
        await Admin.BackfillAsync(Csv.File(
            Csv.Sales,
            $"{id}1,{id}A,Name,5,2011-01-01 10:00,1,{customer},UK",
            $"{id}1,{id}B,Name,7,2011-01-01 10:00,1,{customer},UK",
            $"{id}2,{id}A,Name,2,2011-01-01 10:00,1,{customer},UK"));

        (await Admin.BackfillAsync(Csv.File(
            Csv.Sales,
            $"{id}1,{id}A,Name,1,2011-01-01 10:00,3,{customer}1,UK",
            $"{id}2,{id}A,Name,2,2011-01-01 10:00,1,{customer},UK"))).ShouldReport("2, 2, [], 0; 1, 1, 3; 1, 2, 2, 2");

        (await SqlAsync($"SELECT string_agg(number || '=' || total || '=' || username, ' ' ORDER BY number) FROM orders JOIN users ON users.id = user_id WHERE invoice_no LIKE '{id}%'"))
            .ShouldBe($"{id}1=3.00=customer-{customer}1 {id}2=2.00=customer-{customer}");
        (await SqlAsync($"SELECT string_agg(sku || '=' || units_sold, ' ' ORDER BY sku) FROM products WHERE sku COLLATE \"C\" LIKE '{id}%'")).ShouldBe($"{id}A=3 {id}B=0");
    }

    [Test]
    public async Task An_edited_purchase_stays_until_its_invoice_comes_with_other_rows()
    {
        var (id, customer) = Names();
        var rows = new[] { $"{id},{id}A,Name,2,2011-01-01 10:00,1,{customer},UK", $"{id},{id}B,Name,3,2011-01-01 10:00,1,{customer},UK" };
        await Admin.BackfillAsync(Csv.File(Csv.Sales, rows));
        var product = await ProductAsync(stock: 5);
        var purchase = await SqlAsync($"SELECT id::text FROM order_items WHERE sku = '{id}A'");
        (await Admin.PatchAsync($"/purchases/{purchase}", new { product_id = product })).ShouldBe(200);

        (await Admin.BackfillAsync(Csv.File(Csv.Sales, rows))).ShouldReport("2, 2, [], 0; 0, 0, 4; 2, 1, 1, 2");
        (await Admin.GetAsync($"/purchases/{purchase}")).ShouldBe(200)["product_id"].GetInt64().ShouldBe(product);
        (await SqlAsync($"SELECT units_sold::text FROM products WHERE id = {product}")).ShouldBe("2");

        (await Admin.BackfillAsync(Csv.File(Csv.Sales, rows[0], rows[0]))).ShouldReport("2, 2, [], 0; 0, 1, 2; 1, 1, 1, 1");
        (await Admin.GetAsync($"/purchases/{purchase}")).ShouldBe(404);
        (await SqlAsync($"SELECT string_agg(total::text, ' ') FROM orders JOIN users ON users.id = user_id WHERE username = 'customer-{customer}'")).ShouldBe("4.00");
        (await SqlAsync($"SELECT stock || ' ' || units_sold FROM products WHERE id = {product}")).ShouldBe("5 0");
        (await SqlAsync($"SELECT string_agg(sku || '=' || units_sold, ' ' ORDER BY sku) FROM products WHERE sku COLLATE \"C\" LIKE '{id}%'")).ShouldBe($"{id}A=4 {id}B=0");
    }

    [Test]
    public async Task What_was_deleted_since_does_not_come_back_with_the_same_file()
    {
        var (id, customer) = Names();
        var file = Csv.File(Csv.Sales, $"{id},{id}A,Name,2,2011-01-01 10:00,1,{customer},UK", $"{id}2,{id}B,Name,2,2011-01-01 10:00,1,{customer}2,UK");
        await Admin.BackfillAsync(file);
        await SqlAsync($"DELETE FROM orders WHERE invoice_no = '{id}' RETURNING 'done'");
        var erased = await SqlAsync($"SELECT id::text FROM users WHERE username = 'customer-{customer}2'");
        (await Admin.DeleteAsync($"/users/{erased}")).ShouldBe(200);
        var withdrawn = await SqlAsync($"SELECT id::text FROM products WHERE sku = '{id}B'");
        (await Admin.DeleteAsync($"/products/{withdrawn}")).ShouldBe(204);

        (await Admin.BackfillAsync(file)).ShouldReport("2, 2, [], 0; 0, 0, 6; 2, 2, 2, 2");

        (await SqlAsync($"SELECT count(*)::text FROM orders WHERE invoice_no = '{id}'")).ShouldBe("0");
        (await SqlAsync($"SELECT count(*)::text FROM users WHERE username = 'customer-{customer}2'")).ShouldBe("0");
        (await Shop.Anonymous().GetAsync($"/products/{withdrawn}")).ShouldBe(404);
        (await SqlAsync($"SELECT count(*)::text FROM products WHERE sku = '{id}B'")).ShouldBe("1");
    }

    [Test]
    public async Task Its_products_are_edited_by_a_file_that_says_otherwise()
    {
        var (id, customer) = Names();
        var made = (await Admin.PostAsync("/products", new { name = "Mine", price = 5, sku = $"{id}a", stock = 4, description = "Stays" })).ShouldBe(201);

        (await Admin.BackfillAsync(Csv.File(Csv.Sales, $"{id},{id}A,Theirs,2,2011-01-01 10:00,1.5,{customer},UK"))).ShouldReport("1, 1, [], 0; 2, 1, 0; 1, 1, 1, 1");

        var product = (await Admin.GetAsync($"/products/{made.Id}")).ShouldBe(200);
        product["name"].GetString().ShouldBe("Theirs");
        product["price"].GetDecimal().ShouldBe(1.5m);
        product["stock"].GetInt32().ShouldBe(4);
        product["description"].GetString().ShouldBe("Stays");
        product["sku"].GetString().ShouldBe($"{id}a");
        product.ETag.ShouldNotBe(made.ETag);
    }

    [Test]
    public async Task Orders_and_corrections_made_meanwhile_are_no_conflict_and_the_books_balance()
    {
        var (id, customer) = Names();
        string File(int load) => Csv.File(
            Csv.Sales, Enumerable.Range(0, 300).Select(i => $"{id}{i / 3},{id}{i % 10},Name {load},{load},2011-01-01 10:00,1,{customer + (i % 7)},UK"));
        await Admin.BackfillAsync(File(1));
        var ids = (await SqlAsync($"SELECT string_agg(id::text, ',' ORDER BY id) FROM products WHERE sku COLLATE \"C\" LIKE '{id}%'")).Split(',').Select(long.Parse).ToList();
        await Task.WhenAll(ids.Select(product => Admin.PatchAsync($"/products/{product}", new { stock = 1_000 })));
        var purchases = (await SqlAsync($"SELECT string_agg(id::text, ',') FROM (SELECT id FROM order_items WHERE sku COLLATE \"C\" LIKE '{id}%' ORDER BY id LIMIT 20) line")).Split(',');
        var buyer = await Shop.CustomerAsync();

        var orders = Enumerable.Range(0, 40).Select(i => buyer.PostAsync(
            "/orders", new { status = "placed", items = ids.AsEnumerable().Reverse().Skip(i % 5).Select(product => new { product_id = product, quantity = 1 }).ToArray() }));
        var corrections = purchases.Select((purchase, i) => Admin.PatchAsync($"/purchases/{purchase}", new { product_id = ids[i % 10], user_id = buyer.UserId }));
        var loads = Enumerable.Range(2, 4).Select(load => Admin.BackfillAsync(File(load)));
        var answers = await Task.WhenAll([.. orders, .. corrections, .. loads]);

        answers.ShouldAllBe(answer => answer.Status < 500);
        answers[..40].ShouldAllBe(answer => answer.Status == 201);
        answers[^4..].ShouldAllBe(answer => answer.Status == 200);
        await Shop.ShouldBalanceAsync();
        (await SqlAsync("""
            SELECT count(*)::text FROM products WHERE units_sold <> (
                SELECT coalesce(sum(quantity), 0) FROM order_items JOIN orders ON orders.id = order_id
                WHERE product_id = products.id AND status IN ('paid', 'shipped', 'delivered'))
            """)).ShouldBe("0");
    }

    private static (string Id, long Customer) Names() =>
        ("T" + Guid.NewGuid().ToString("N")[..8].ToUpperInvariant(), Random.Shared.NextInt64(1_000_000_000, 99_999_999_999));

    private static IEnumerable<string> Errors(Answer report) =>
        report["errors"].EnumerateArray().Select((JsonElement error) => $"{error.GetProperty("line").GetInt64()} {error.GetProperty("column").GetString()}");

    private Task<string> SqlAsync(string sql) => Shop.ScalarAsync<string>(sql);

    /// <summary>The rows as the database wrote them: an update that changes nothing shows too.</summary>
    private async Task<string> RowsAsync(string id, long customer) =>
        await SqlAsync($"SELECT string_agg(xmin || products::text, ' ' ORDER BY id) FROM products WHERE sku COLLATE \"C\" LIKE '{id}%'")
        + await SqlAsync($"SELECT string_agg(xmin || orders::text, ' ' ORDER BY id) FROM orders WHERE invoice_no LIKE '{id}%'")
        + await SqlAsync($"SELECT string_agg(order_items.xmin || order_items::text, ' ' ORDER BY id) FROM order_items WHERE sku COLLATE \"C\" LIKE '{id}%'")
        + await SqlAsync($"SELECT string_agg(xmin || imported_invoices::text, ' ' ORDER BY invoice_no) FROM imported_invoices WHERE invoice_no LIKE '{id}%'")
        + await SqlAsync($"SELECT xmin || users::text FROM users WHERE username = 'customer-{customer}'");
}
