using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Common;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Rules;

/// <summary>Sends junk to every operation of the document, the same on every run.</summary>
public sealed class FuzzTests : ShopTest
{
    /// <summary>Requests per operation and caller; more with SHOP_FUZZ_REQUESTS.</summary>
    private static readonly int RequestsEach =
        int.Parse(Environment.GetEnvironmentVariable("SHOP_FUZZ_REQUESTS") ?? "15", CultureInfo.InvariantCulture);

    private static readonly string[] Texts =
    [
        "", " ", "x", "0", "-1", "1.5", "NaN", "null", "true", "2147483648", "9223372036854775808", "1e400", "'; DROP TABLE users; --", "<script>", "../../etc/passwd",
        "\u0001\u001f", "\u202e\u0301𝒳🛒", "%", "a%00b", "\\ud800", new string('x', 600), "2026-13-45T99:00:00Z", "[]", "{}", "W/\"1\"", "\"1\", *",
    ];

    private static readonly string[] JsonValues =
    [
        "null", "true", "\"\"", "\" \"", "\"x\"", "0", "-1", "1.005", "1e2", "1e400", "-0", "9223372036854775808", "99999999999999999999999999999999", "[]", "{}", "[null]",
        "[[[]]]", "{\"id\":1}", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"<script>alert(1)</script>\"", "\"javascript:alert(1)\"", "\"2026-02-30T00:00:00Z\"",
        $"\"{new string('y', 20_000)}\"", "[1,\"a\",{}]",
    ];

    private static readonly string[] Bodies =
    [
        "", " ", "null", "[]", "\"x\"", "1", "{", "{}}", "{\"a\":1,\"A\":2}", "{\"\\u0000\":1}", "{\"\\ud800\":1}", "{a:1}", "\ufeff{}", "// x", "{\"__proto__\":{}}",
        string.Concat(Enumerable.Repeat("{\"a\":", 1_000)) + "1" + new string('}', 1_000), new string('[', 50_000),
    ];

    [Test]
    public async Task Junk_is_refused_by_declared_problems_and_opens_nothing()
    {
        var document = JsonNode.Parse((await Shop.Anonymous().GetAsync("/openapi/v1.json")).Body)!;
        var access = Shop.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<AccessAttribute>() is not null)
            .ToDictionary(endpoint => endpoint.Metadata.GetMetadata<System.Reflection.MethodInfo>()!.Name, endpoint => endpoint.Metadata.GetMetadata<AccessAttribute>()!.Who);
        var victim = await Shop.CustomerAsync();
        string[] ids = [$"{await ProductAsync(seller: victim)}", $"{victim.UserId}", "1", "0", "-1", "9223372036854775807", "99999999999999999999", "abc", "%00", "%ff", "1%2f2", "+1", "1.0"];
        var callers = new Dictionary<string, Actor> { ["nobody"] = Shop.Anonymous(), ["customer"] = await Shop.CustomerAsync(), ["admin"] = Admin };

        var sent = 0;
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                foreach (var (who, caller) in callers)
                {
                    var random = new Random(StableHash($"{method} {path} {who}"));
                    for (var i = 0; i < RequestsEach; i++)
                    {
                        using var request = Junk(random, document, method, path, operation!, ids);
                        Check(await SendAsync(caller, request), request, operation!, who, access[(string)operation!["operationId"]!]);
                        sent++;
                    }
                }
            }
        }

        sent.ShouldBeGreaterThan(500);
        TestContext.Out.WriteLine($"{sent} requests");
    }

    private static void Check(Answer answer, HttpRequestMessage request, JsonNode operation, string who, Who access)
    {
        var what = $"{who}: {request.Method} {request.RequestUri} {request.Headers} {answer.Status} {answer.Body}";
        answer.Status.ShouldBeLessThan(500, what);
        operation["responses"]![$"{answer.Status}"].ShouldNotBeNull("is not declared: " + what);
        if (answer.Status >= 400)
        {
            answer.ContentType.ShouldBe("application/problem+json", what);
            answer.Code.ShouldNotBeNullOrEmpty(what);
        }

        var isOpen = access is Who.Anyone or Who.Guest || who == "admin" || (who == "customer" && access == Who.SignedIn);
        (isOpen || answer.Status >= 400).ShouldBeTrue("is open: " + what);
    }

    private static HttpRequestMessage Junk(Random random, JsonNode document, string method, string path, JsonNode operation, string[] ids)
    {
        var (query, headers) = (new StringBuilder(), new List<(string Name, string Value)>());
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var name = (string)parameter!["name"]!;
            switch ((string)parameter["in"]!)
            {
                case "path":
                    path = path.Replace($"{{{name}}}", Pick(random, ids), StringComparison.Ordinal);
                    break;
                case "query" when random.Next(3) == 0:
                    query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(random.Next(8) == 0 ? "%00" : Uri.EscapeDataString(Pick(random, Texts)));
                    break;
                case "header" when random.Next(3) == 0:
                    headers.Add((name, new string([.. Pick(random, Texts).Where(c => c is >= ' ' and < '\u007f')])));
                    break;
            }
        }

        var request = new HttpRequestMessage(HttpMethod.Parse(method), path + query);
        headers.ForEach(header => request.Headers.TryAddWithoutValidation(header.Name, header.Value));
        if (operation["requestBody"]?["content"]?.AsObject() is { Count: > 0 } content)
        {
            var (type, media) = content.First();
            var body = type.Contains("json", StringComparison.Ordinal) && random.Next(4) > 0 ? JunkObject(random, document, media!["schema"]) : Pick(random, Bodies);
            request.Content = new ByteArrayContent(random.Next(20) == 0 ? [0xff, 0xfe, 0x00, 0xc3, 0x28] : Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(random.Next(20) == 0 ? "text/plain" : type);
        }

        return request;
    }

    /// <summary>An object as the schema wants it, but for one or two of its properties.</summary>
    private static string JunkObject(Random random, JsonNode document, JsonNode? schema)
    {
        if ((string?)schema?["$ref"] is { } reference)
        {
            schema = document["components"]!["schemas"]![reference.Split('/')[^1]];
        }

        var properties = schema?["properties"]?.AsObject().ToList() ?? [];
        var junk = properties.Count == 0 ? [] : new[] { random.Next(properties.Count), random.Next(properties.Count) };
        return "{" + string.Join(',', properties.Select((property, i) =>
            $"\"{property.Key}\":{(junk.Contains(i) ? Pick(random, JsonValues) : property.Value!["example"]?.ToJsonString() ?? "null")}")) + "}";
    }

    private static async Task<Answer> SendAsync(Actor caller, HttpRequestMessage request)
    {
        if (caller.Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", caller.Token);
        }

        using var response = await caller.Http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];

    private static int StableHash(string text) => text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
}
