using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Rules;

public sealed class OpenApiTests : ShopTest
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>With UPDATE_OPENAPI=1, as eng/openapi sets it, the document is written first.</summary>
    [Test]
    public async Task The_committed_document_is_what_the_shop_serves()
    {
        var served = Indented((await Shop.Anonymous().GetAsync("/openapi/v1.json")).ShouldBe(200).Body);
        var file = Path.Combine(RepositoryFolder(), "openapi", "shop.v1.json");
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, served);
        }

        File.Exists(file).ShouldBeTrue("openapi/shop.v1.json is missing; run eng/openapi.");
        (await File.ReadAllTextAsync(file)).ShouldBe(served, "openapi/shop.v1.json is not what the shop serves; run eng/openapi.");
    }

    [Test]
    public async Task Every_operation_has_a_name_of_its_own_a_summary_a_tag_that_is_described_and_answers()
    {
        var document = await DocumentAsync();
        var operations = Operations(document).ToList();
        var tags = document["tags"]!.AsArray().Select(tag => (string)tag!["name"]!).ToList();

        operations.Count.ShouldBeGreaterThan(10);
        operations.Select(operation => (string?)operation.Value["operationId"]).ShouldBeUnique();
        foreach (var (name, operation) in operations)
        {
            ((string?)operation["operationId"]).ShouldNotBeNullOrEmpty(name);
            ((string?)operation["summary"]).ShouldNotBeNullOrEmpty(name);
            operation["tags"]!.AsArray().Select(tag => (string)tag!).ShouldAllBe(tag => tags.Contains(tag), name);
            operation["responses"]!.AsObject().ShouldContain(response => response.Key.StartsWith('2'), name);
            foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
            {
                ((string?)parameter!["description"]).ShouldNotBeNullOrEmpty($"{name} {parameter["name"]}");
            }
        }
    }

    [Test]
    public async Task Every_property_has_one_type_and_a_description()
    {
        var schemas = (await DocumentAsync())["components"]!["schemas"]!.AsObject();

        schemas.Count.ShouldBeGreaterThan(5);
        foreach (var (name, schema) in schemas)
        {
            foreach (var (property, described) in schema!["properties"]?.AsObject() ?? [])
            {
                var refers = described!["$ref"] is not null || described["allOf"] is not null || described["oneOf"] is not null;
                (refers || described["type"] is JsonValue).ShouldBeTrue($"{name}.{property}: {described.ToJsonString()}");
                (refers || described["description"] is not null).ShouldBeTrue($"{name}.{property} has no description");
            }
        }
    }

    [Test]
    public async Task Requests_say_what_the_validators_demand_and_answers_that_they_are_complete()
    {
        var schemas = (await DocumentAsync())["components"]!["schemas"]!;

        Required("CreateProduct").ShouldBe(["name", "price"], ignoreOrder: true);
        Required("UpdateProduct").ShouldBeEmpty();
        Required("RegisterUser").ShouldBe(["password"]);
        Required("Product").ShouldBe(schemas["Product"]!["properties"]!.AsObject().Select(property => property.Key), ignoreOrder: true);
        ((int)schemas["CreateProduct"]!["properties"]!["name"]!["maxLength"]!).ShouldBe(300);
        Property("UpdateProduct", "description").ShouldContain("\"nullable\":true");
        Property("UpdateProduct", "description").ShouldContain("\"type\":\"string\"");
        Property("UpdateProduct", "stock").ShouldContain("\"type\":\"integer\"");
        Property("UpdateProduct", "stock").ShouldNotContain("nullable");
        Property("Product", "created_at").ShouldContain("\"format\":\"date-time\"");
        Property("Product", "id").ShouldContain("\"format\":\"int64\"");

        IEnumerable<string> Required(string schema) => (schemas[schema]!["required"]?.AsArray() ?? []).Select(name => (string)name!);
        string Property(string schema, string property) => schemas[schema]!["properties"]![property]!.ToJsonString();
    }

    [Test]
    public async Task The_page_to_try_it_on_is_served()
    {
        (await Shop.Anonymous().GetAsync("/swagger/index.html")).ShouldBe(200).ContentType.ShouldBe("text/html");
        (await Shop.Anonymous().GetAsync("/swagger/swagger-ui-bundle.js")).ShouldBe(200);
        (await Shop.Anonymous().GetAsync("/swagger")).Status.ShouldBe(200);
    }

    private async Task<JsonNode> DocumentAsync() => JsonNode.Parse((await Shop.Anonymous().GetAsync("/openapi/v1.json")).Body)!;

    private static IEnumerable<KeyValuePair<string, JsonNode>> Operations(JsonNode document) =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Where(method => Methods.Contains(method.Key))
            .Select(method => KeyValuePair.Create($"{method.Key} {path.Key}", method.Value!)));

    private static string Indented(string json) => JsonSerializer.Serialize(JsonDocument.Parse(json), Format) + "\n";

    private static string RepositoryFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Shop.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
