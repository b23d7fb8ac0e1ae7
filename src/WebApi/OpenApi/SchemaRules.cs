using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Shop.Application.Common;

namespace Shop.WebApi.OpenApi;

/// <summary>Describes types as they are on the wire, and properties as the validators want them.</summary>
internal sealed class SchemaRules(XmlDocs docs, InputRules rules, DescribedTypes types) : IOpenApiSchemaTransformer
{
    private const string AnswerSuffix = "Answer";

    /// <summary>The name of a type's schema: <c>ProductAnswer</c> is a Product to clients; an optional value is the value.</summary>
    public static string? NameOf(JsonTypeInfo type)
    {
        if (IsOptional(type.Type))
        {
            return null;
        }

        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        return name?.EndsWith(AnswerSuffix, StringComparison.Ordinal) == true ? name[..^AnswerSuffix.Length] : name;
    }

    public async Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (IsOptional(type))
        {
            await UnwrapAsync(schema, context, type.GetGenericArguments()[0], cancellationToken);
        }

        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String | (Nullable.GetUnderlyingType(type) is null ? 0 : JsonSchemaType.Null);
            schema.Format = "date-time";
        }
        else if (schema.Format == "double")
        {
            schema.Format = "decimal";
        }

        if (schema.Properties?.Count > 0)
        {
            DescribeObject(schema, context.JsonTypeInfo);
        }
        else if (type.IsEnum)
        {
            (schema.Type, schema.Description) = (JsonSchemaType.String, docs.Of(type));
        }
        else if (context.JsonPropertyInfo is { AttributeProvider: PropertyInfo source } property)
        {
            DescribeProperty(schema, property, docs.Of(source), rules.Of(property.DeclaringType, source));
        }
    }

    private void DescribeObject(OpenApiSchema schema, JsonTypeInfo type)
    {
        types[NameOf(type)!] = type;
        schema.Description = docs.Of(type.Type) ?? schema.Description;
        schema.Required = type.Properties
            .Where(property => schema.Properties!.ContainsKey(property.Name))
            .Where(property => !rules.IsInput(type.Type)
                || (property.AttributeProvider is PropertyInfo source && rules.Of(type.Type, source).IsRequired))
            .Select(property => property.Name)
            .ToHashSet();
    }

    private void DescribeProperty(OpenApiSchema schema, JsonPropertyInfo property, string? text, InputRules.Demand demand)
    {
        schema.Description = text ?? schema.Description;
        if (IsOptional(property.PropertyType))
        {
            schema.Type |= JsonSchemaType.Null;
        }

        if (demand.IsNotNull || (!property.IsGetNullable && !rules.IsInput(property.DeclaringType)))
        {
            schema.Type &= ~JsonSchemaType.Null;
        }

        schema.MinLength = demand.MinLength;
        schema.MaxLength = demand.MaxLength;
        schema.Minimum = demand.Minimum;
        schema.Maximum = demand.Maximum;
        schema.Examples = Examples.Of(property.DeclaringType, property.Name) is { } example ? [example] : null;
    }

    private static async Task UnwrapAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, Type inner, CancellationToken cancellationToken)
    {
        var value = await context.GetOrCreateSchemaAsync(inner, null, cancellationToken);
        schema.Description = null;
        schema.Type = value.Type;
        schema.Format = value.Format == "double" ? "decimal" : value.Format;
        schema.Enum = value.Enum;
        schema.Items = value.Items;
        schema.Properties = value.Properties;
        schema.Required = value.Required;
    }

    private static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);
}
