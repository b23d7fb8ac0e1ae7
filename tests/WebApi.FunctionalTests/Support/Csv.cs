using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>CSV files as requests, and the reports that answer them.</summary>
public static class Csv
{
    public const string Sales = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    /// <summary>Loads a file.</summary>
    public static Task<Answer> BackfillAsync(this Actor actor, string csv, string query = "") =>
        actor.BackfillAsync(Encoding.UTF8.GetBytes(csv), query);

    /// <summary>Loads a file.</summary>
    public static Task<Answer> BackfillAsync(this Actor actor, byte[] csv, string query = "", string contentType = "text/csv")
    {
        var content = new ByteArrayContent(csv);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return actor.PostAsync("/products/data/backfill" + query, content);
    }

    /// <summary>The file of a header and rows.</summary>
    public static string File(string header, params IEnumerable<string> rows) => string.Join("\r\n", [header, .. rows, ""]);

    /// <summary>The report says exactly this: <c>rows, loaded, skipped, rejected; created, updated, unchanged; products, customers, orders, order_lines</c>.</summary>
    public static Answer ShouldReport(this Answer answer, string expected)
    {
        answer.ShouldBe(200);
        Numbers(answer.Json).ShouldBe(expected, answer.Body);
        return answer;
    }

    private static string Numbers(JsonElement report)
    {
        long Number(string name) => report.GetProperty(name).GetInt64();

        var skipped = string.Join(' ', report.GetProperty("skipped").EnumerateObject().Select(each => $"{each.Name}={each.Value.GetInt64()}"));
        return $"{Number("rows")}, {Number("loaded")}, [{skipped}], {Number("rejected")}; "
            + $"{Number("created")}, {Number("updated")}, {Number("unchanged")}; "
            + $"{Number("products")}, {Number("customers")}, {Number("orders")}, {Number("order_lines")}";
    }
}
