using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Shop.Application.Common;

namespace Shop.WebApi.Http;

/// <summary>
/// Reads property names without regard to case and underscores, for every body there is: <c>first_name</c>, <c>firstName</c> and
/// <c>FirstName</c> are one property. A body is rewritten once, by the type it is bound to; the same property twice, a NUL or half
/// a surrogate pair is refused here, where a database could only stumble over it.
/// </summary>
internal static class CanonicalJson
{
    private static readonly Dictionary<string, string> Aliases = new() { ["orderquantity"] = "quantity" };

    /// <summary>The same JSON with the names that the type has; what the type does not know is left out.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="type">What the JSON will be bound to.</param>
    /// <returns>UTF-8.</returns>
    /// <exception cref="JsonException">The JSON is malformed, too deep, or has a property twice; its path says where.</exception>
    public static ReadOnlyMemory<byte> Rewrite(ReadOnlySpan<byte> json, JsonTypeInfo type)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 32 });
        var output = new ArrayBufferWriter<byte>(json.Length + 16);
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        if (!reader.Read())
        {
            throw new JsonException("A JSON value is missing.");
        }

        Copy(ref reader, writer, type, "$");
        if (reader.Read())
        {
            throw new JsonException("There is more than one JSON value.");
        }

        writer.Flush();
        return output.WrittenMemory;
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer, JsonTypeInfo? type, string path)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                CopyObject(ref reader, writer, type, path);
                break;
            case JsonTokenType.StartArray:
                CopyArray(ref reader, writer, type, path);
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(Text(ref reader, path));
                break;
            case JsonTokenType.Number:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
            case JsonTokenType.Null:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteBooleanValue(reader.TokenType == JsonTokenType.True);
                break;
        }
    }

    private static void CopyObject(ref Utf8JsonReader reader, Utf8JsonWriter writer, JsonTypeInfo? type, string path)
    {
        var seen = new HashSet<string>();
        writer.WriteStartObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Text(ref reader, path);
            var property = Find(type, name);
            if (!seen.Add(property?.Name ?? name))
            {
                throw new RefusedJsonException("This property is there twice.", $"{path}.{property?.Name ?? name}");
            }

            reader.Read();
            if (property is null)
            {
                reader.Skip();
                continue;
            }

            writer.WritePropertyName(property.Name);
            Copy(ref reader, writer, TypeOf(property.PropertyType, type!.Options), $"{path}.{property.Name}");
        }

        writer.WriteEndObject();
    }

    private static void CopyArray(ref Utf8JsonReader reader, Utf8JsonWriter writer, JsonTypeInfo? type, string path)
    {
        var element = type?.ElementType is { } elementType ? TypeOf(elementType, type.Options) : null;
        writer.WriteStartArray();
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            Copy(ref reader, writer, element, $"{path}[{i}]");
        }

        writer.WriteEndArray();
    }

    private static string Text(ref Utf8JsonReader reader, string path)
    {
        try
        {
            var text = reader.GetString()!;
            return text.Contains('\0') ? throw new RefusedJsonException("Text must not hold a NUL.", path) : text;
        }
        catch (InvalidOperationException)
        {
            throw new RefusedJsonException("Text must be valid Unicode.", path);
        }
    }

    private static JsonPropertyInfo? Find(JsonTypeInfo? type, string name)
    {
        if (type?.Kind != JsonTypeInfoKind.Object)
        {
            return null;
        }

        var flat = Flat(name);
        foreach (var property in type.Properties)
        {
            var known = Flat(property.Name);
            if (known == flat || (Aliases.TryGetValue(flat, out var meant) && known == meant))
            {
                return property.Set is null && property.AssociatedParameter is null ? null : property;
            }
        }

        return null;
    }

    private static string Flat(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static JsonTypeInfo? TypeOf(Type type, JsonSerializerOptions options)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return options.GetTypeInfo(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>) ? type.GetGenericArguments()[0] : type);
    }
}

/// <summary>JSON that is well formed and yet refused; the message is meant for the caller.</summary>
/// <param name="message">What to do.</param>
/// <param name="path">Where, as JSON path.</param>
internal sealed class RefusedJsonException(string message, string path) : JsonException(message, path, null, null);
