using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Shop.WebApi.OpenApi;

/// <summary>The types behind the schemas, by the schemas' names.</summary>
internal sealed class DescribedTypes : ConcurrentDictionary<string, JsonTypeInfo>;

/// <summary>
/// Describes properties that refer to another schema, once they do. A reference can't have a description beside it in OpenAPI 3.0, so it is
/// wrapped; and one that must be there is not null.
/// </summary>
internal sealed class References(XmlDocs docs, InputRules rules, DescribedTypes types) : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
        {
            foreach (var property in types.GetValueOrDefault(name)?.Properties ?? [])
            {
                if (property.AttributeProvider is PropertyInfo source && schema.Properties?.TryGetValue(property.Name, out var described) == true)
                {
                    schema.Properties[property.Name] = Describe(described, docs.Of(source), rules.Of(property.DeclaringType, source).IsNotNull);
                }
            }
        }

        return Task.CompletedTask;
    }

    private static IOpenApiSchema Describe(IOpenApiSchema schema, string? text, bool isNotNull)
    {
        var alternatives = (schema as OpenApiSchema)?.OneOf?.OfType<OpenApiSchemaReference>().ToList() ?? [];
        var reference = schema as OpenApiSchemaReference ?? (isNotNull ? alternatives.SingleOrDefault() : null);
        if (reference is not null)
        {
            return new OpenApiSchema { Description = text, AllOf = [reference] };
        }

        if (alternatives.Count > 0)
        {
            schema.Description = text;
        }

        return schema;
    }
}
