using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Shop.Infrastructure;

namespace Shop.WebApi.OpenApi;

/// <summary>The OpenAPI document of the shop.</summary>
internal sealed class ShopDocument(ShopSettings settings) : IOpenApiDocumentTransformer
{
    public const string Bearer = "bearer";

    private const string ProblemSchema = "Problem";

    /// <summary>What each tag is about; a route's tag must be here.</summary>
    public static IReadOnlyDictionary<string, string> Tags { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["Analytics"] = "What sells, and to whom.",
        ["Audit"] = "Who changed what.",
        ["Auth"] = "Registration, sign-in and tokens.",
        ["Cart"] = "The cart of a guest or a customer.",
        ["Categories"] = "The tree that products are sorted into.",
        ["Coupons"] = "Codes that take something off an order.",
        ["Favorites"] = "Products that a customer keeps in mind.",
        ["Health"] = "For whoever keeps the shop running.",
        ["Orders"] = "From basket to delivery.",
        ["Outbox"] = "What happened, on its way to mails and other systems.",
        ["Payments"] = "Money for orders, taken and given back.",
        ["Products"] = "The catalog.",
        ["Purchases"] = "Single lines of paid orders, and sales made elsewhere.",
        ["Recommendations"] = "What a customer may like next.",
        ["Reports"] = "Files for the books, made by the shop.",
        ["Reviews"] = "What buyers think.",
        ["Users"] = "Accounts and people.",
        ["Webhooks"] = "Other systems that are told what happened.",
    };

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
        options.CreateSchemaReferenceId = SchemaRules.NameOf;
        options.AddSchemaTransformer<SchemaRules>();
        options.AddOperationTransformer<OperationRules>();
        options.AddDocumentTransformer<References>();
        options.AddDocumentTransformer<ShopDocument>();
    }

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Shop",
            Version = "1",
            Description = "An open e-commerce back end: catalog, carts, orders, purchases, reviews and users. Names are snake_case; refusals are RFC 9457 problems "
                + "with a stable `code`; lists are arrays that are paged by cursor.",
            License = new OpenApiLicense { Name = "MIT", Url = new Uri("https://opensource.org/license/mit") },
            Contact = new OpenApiContact { Name = "The Shop authors" },
        };
        document.Servers = [new OpenApiServer { Url = settings.PublicUrl?.ToString().TrimEnd('/') ?? "/" }];
        var used = document.Tags?.Select(tag => tag.Name).ToHashSet() ?? [];
        document.Tags = Tags.Where(tag => used.Contains(tag.Key)).Select(tag => new OpenApiTag { Name = tag.Key, Description = tag.Value }).ToHashSet();
        document.AddComponent(ProblemSchema, Problem());
        document.AddComponent(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Bearer,
            Description = "The `access_token` of a sign-in.",
        });
        foreach (var (name, meaning) in Refusals.All.Where(refusal => IsUsed(document, refusal.Key)).Select(refusal => refusal.Value))
        {
            document.AddComponent(name, new OpenApiResponse
            {
                Description = meaning,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Http.Problem.ContentType] = new() { Schema = new OpenApiSchemaReference(ProblemSchema, document) },
                },
                Headers = name == "TooMany"
                    ? new Dictionary<string, IOpenApiHeader>
                    {
                        ["Retry-After"] = new OpenApiHeader { Description = "Seconds to wait.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
                    }
                    : null,
            });
        }

        return Task.CompletedTask;
    }

    private static bool IsUsed(OpenApiDocument document, string status) =>
        document.Paths.Values.SelectMany(path => path.Operations!.Values).Any(operation => operation.Responses?.ContainsKey(status) == true);

    private static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Why a request was refused (RFC 9457). Some codes carry further members.",
        Required = new HashSet<string> { "type", "title", "status", "detail", "code", "trace_id" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("Names the problem, as `code` does.", "urn:shop:problem:validation_failed"),
            ["title"] = Text("What the status means.", "Bad Request"),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The HTTP status.", Examples = [400] },
            ["detail"] = Text("What is wrong, and what to do.", "Some fields are not valid; 'errors' says which and why."),
            ["code"] = Text("Stable and machine readable.", "validation_failed"),
            ["trace_id"] = Text("What the log knows the request by.", "4bf92f3577b34da6a3ce929d0e0e4736"),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Messages by field, where single fields are at fault.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
                Examples = [new JsonObject { ["price"] = new JsonArray("A price is required.") }],
            },
        },
        AdditionalPropertiesAllowed = true,
    };

    private static OpenApiSchema Text(string description, string example) => new() { Type = JsonSchemaType.String, Description = description, Examples = [example] };
}
