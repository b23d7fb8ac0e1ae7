using System.Net.Sockets;
using System.Text;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class BackfillRequestTests : ShopTest
{
    private const string Path = "/products/data/backfill";

    [Test]
    public async Task Only_admins_load_and_export()
    {
        var customer = await Shop.CustomerAsync();
        foreach (var path in (string[])[Path, "/products/data/export"])
        {
            (await Shop.Anonymous().GetAsync(path)).ShouldBeProblem(401, "unauthenticated");
            (await customer.GetAsync(path)).ShouldBe(403);
        }

        (await Shop.Anonymous().BackfillAsync(File())).ShouldBeProblem(401, "unauthenticated");
        (await customer.BackfillAsync(File())).ShouldBe(403);
    }

    [TestCase("", "backfill_file_empty")]
    [TestCase("\r\n\r\n", "backfill_file_empty")]
    [TestCase("a,b,c\n1,2,3\n", "backfill_header_unknown")]
    [TestCase("name,description\nx,y\n", "backfill_header_unknown")]
    [TestCase("name;price\nx;1\n", "backfill_header_unknown")]
    [TestCase("name,price,Name\nx,1,y\n", "backfill_header_unknown")]
    [TestCase("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,CustomerID,Country\n", "backfill_header_unknown")]
    [TestCase("name,\"price\nx,1\n", "backfill_file_not_csv")]
    [TestCase("name,price\0\nx,1\n", "backfill_file_not_csv")]
    public async Task A_file_without_a_known_header_is_400(string file, string code) =>
        (await Admin.BackfillAsync(file)).ShouldBeProblem(400, code);

    [Test]
    public async Task Binary_noise_is_400([Values(10, 100_000, 3_000_000)] int length)
    {
        var noise = new byte[length];
        new Random(length).NextBytes(noise);

        (await Admin.BackfillAsync(noise)).ShouldBe(400).ContentType.ShouldBe("application/problem+json");
    }

    [TestCase("application/json")]
    [TestCase("text/csv; charset=iso-8859-1")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("multipart/form-data")]
    public async Task Another_media_type_is_415(string type) =>
        (await Admin.BackfillAsync(Encoding.UTF8.GetBytes(File()), contentType: type)).ShouldBeProblem(415, "unsupported_media_type");

    [Test]
    public async Task A_form_without_a_file_is_415()
    {
        using var form = new MultipartFormDataContent { { new StringContent(File()), "file" } };

        (await Admin.PostAsync(Path, form)).ShouldBeProblem(415, "unsupported_media_type");
    }

    [Test]
    public async Task A_form_that_ends_too_early_is_400_and_changes_nothing()
    {
        var name = Unique("Cut");
        var form = $"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nname,price\r\n{name},1\r\n";

        (await Admin.BackfillAsync(Encoding.UTF8.GetBytes(form), contentType: "multipart/form-data; boundary=x")).ShouldBeProblem(400, "backfill_upload_broken");

        (await CountAsync(name)).ShouldBe(0);
    }

    [Test]
    public async Task The_file_may_come_in_a_form()
    {
        var name = Unique("Form");
        using var form = new MultipartFormDataContent
        {
            { new StringContent("ignored"), "comment" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(File(name))), "file", "catalog.csv" },
        };

        (await Admin.PostAsync(Path, form)).ShouldReport("1, 1, [], 0; 1, 0, 0; 1, 0, 0, 0");

        (await CountAsync(name)).ShouldBe(1);
    }

    [Test]
    public async Task A_dry_run_reports_and_changes_nothing()
    {
        var name = Unique("Dry");

        (await Admin.BackfillAsync(File(name), "?dry_run=true")).ShouldReport("1, 1, [], 0; 1, 0, 0; 1, 0, 0, 0");

        (await CountAsync(name)).ShouldBe(0);
        (await Admin.BackfillAsync(File(name))).ShouldReport("1, 1, [], 0; 1, 0, 0; 1, 0, 0, 0");
    }

    [Test]
    public async Task A_header_alone_is_a_file_without_rows() =>
        (await Admin.BackfillAsync("name,price")).ShouldReport("0, 0, [], 0; 0, 0, 0; 0, 0, 0, 0");

    [Test]
    public async Task Files_of_many_megabytes_are_taken()
    {
        var name = Unique("Big");
        var file = Csv.File("name,price,description", Enumerable.Range(0, 4_000).Select(i => $"{name},1,{new string('d', 9_000)}{i}"));

        (await Admin.BackfillAsync(file)).ShouldReport("4000, 4000, [], 0; 1, 0, 0; 1, 0, 0, 0");
    }

    [Test]
    public async Task The_same_file_at_once_is_loaded_once()
    {
        var name = Unique("Race");

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Admin.BackfillAsync(File(name))));

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Sum(answer => answer["created"].GetInt64()).ShouldBe(1);
        (await CountAsync(name)).ShouldBe(1);
    }

    [Test]
    public async Task Products_made_and_edited_meanwhile_are_no_conflict()
    {
        var id = Guid.NewGuid().ToString("N")[..8];
        var file = Csv.File("sku,name,price,stock", Enumerable.Range(0, 50).Select(i => $"{id}-{i},Thing,2,{i}"));
        (await Admin.BackfillAsync(file)).ShouldBe(200);
        var ids = Enumerable.Range(0, 50).Select(i => Shop.ScalarAsync<long>($"SELECT id FROM products WHERE sku = '{id}-{i}'"));
        var products = await Task.WhenAll(ids);

        var edits = products.Reverse().Select(async (product, i) => await Admin.PatchAsync($"/products/{product}", new { price = 3, stock = i }));
        var made = Enumerable.Range(50, 20).Select(i => Admin.PostAsync("/products", new { sku = $"{id}-{i}", name = "Made", price = 1 }));
        var larger = Csv.File("sku,name,price,stock", Enumerable.Range(0, 70).Select(i => $"{id}-{i},Thing,2,{i}"));
        var loads = Enumerable.Range(0, 3).Select(_ => Admin.BackfillAsync(larger));
        var answers = await Task.WhenAll([.. edits, .. made, .. loads]);

        answers.ShouldAllBe(answer => answer.Status == 200 || answer.Status == 201 || answer.Status == 409);
        answers[^3..].ShouldAllBe(answer => answer.Status == 200);
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM products WHERE sku LIKE '{id}-%' COLLATE \"C\"")).ShouldBe(70);
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM products WHERE sku LIKE '{id}-%' COLLATE \"C\" AND stock <> coalesce((SELECT sum(delta) FROM stock_movements WHERE product_id = products.id), 0)")).ShouldBe(0);
    }

    [Test]
    public async Task An_upload_that_breaks_off_leaves_nothing_behind()
    {
        var id = "K" + Guid.NewGuid().ToString("N")[..8].ToUpperInvariant();
        var rows = string.Join("\r\n", Enumerable.Range(0, 20_000).Select(i => $"{id}{i / 10},{id}-{i % 7},Name,1,2011-01-01 10:00,1,{1_000_000 + i},UK"));
        var file = $"{Csv.Sales}\r\n{rows}\r\n";
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync("127.0.0.1", Admin.Http.BaseAddress!.Port);
            var stream = socket.GetStream();
            var head = $"POST {Path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Admin.Token}\r\nContent-Type: text/csv\r\nContent-Length: {file.Length + 1_000}\r\n\r\n";
            await stream.WriteAsync(Encoding.UTF8.GetBytes(head + file));
            await stream.FlushAsync();
            socket.Client.LingerState = new LingerOption(true, 0);
        }

        (await Admin.BackfillAsync(file)).ShouldReport("20000, 20000, [], 0; 4007, 0, 0; 7, 2000, 2000, 14000");
    }

    private static string File(string name = "x") => Csv.File("name,price", $"{name},1");

    private Task<long> CountAsync(string name) => Shop.ScalarAsync<long>($"SELECT count(*) FROM products WHERE name = '{name}'");
}
