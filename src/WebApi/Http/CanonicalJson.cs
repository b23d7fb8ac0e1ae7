using System.Buffers;
using System.Collections.Concurrent;
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

    /// <summary>As many as there are types that bodies are bound to.</summary>
    private static readonly ConcurrentDictionary<JsonTypeInfo, Names> Known = new();

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

        Copy(ref reader, writer, type, Place.Root);
        if (reader.Read())
        {
            throw new JsonException("There is more than one JSON value.");
        }

        writer.Flush();
        return output.WrittenMemory;
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer, JsonTypeInfo? type, Place place)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                CopyObject(ref reader, writer, type, place);
                break;
            case JsonTokenType.StartArray:
                CopyArray(ref reader, writer, type, place);
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(Text(ref reader, place));
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

    private static void CopyObject(ref Utf8JsonReader reader, Utf8JsonWriter writer, JsonTypeInfo? type, Place place)
    {
        var seen = new HashSet<string>();
        var names = type?.Kind == JsonTypeInfoKind.Object ? Known.GetOrAdd(type, static type => new Names(type)) : null;
        writer.WriteStartObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Text(ref reader, place);
            var property = names?.Find(name);
            if (!seen.Add(property?.Name ?? name))
            {
                throw new RefusedJsonException("This property is there twice.", place.Of(property?.Name ?? name).ToString());
            }

            reader.Read();
            if (property is null)
            {
                reader.Skip();
                continue;
            }

            writer.WritePropertyName(property.Name);
            Copy(ref reader, writer, property.Type, place.Of(property.Name));
        }

        writer.WriteEndObject();
    }

    private static void CopyArray(ref Utf8JsonReader reader, Utf8JsonWriter writer, JsonTypeInfo? type, Place place)
    {
        var element = type?.ElementType is { } elementType ? TypeOf(elementType, type.Options) : null;
        writer.WriteStartArray();
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            Copy(ref reader, writer, element, place.Of(i));
        }

        writer.WriteEndArray();
    }

    private static string Text(ref Utf8JsonReader reader, Place place)
    {
        try
        {
            var text = reader.GetString()!;
            return text.Contains('\0') ? throw new RefusedJsonException("Text must not hold a NUL.", place.ToString()) : text;
        }
        catch (InvalidOperationException)
        {
            throw new RefusedJsonException("Text must be valid Unicode.", place.ToString());
        }
    }

    private static string Flat(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static JsonTypeInfo? TypeOf(Type type, JsonSerializerOptions options)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return options.GetTypeInfo(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>) ? type.GetGenericArguments()[0] : type);
    }

    /// <summary>The names that an object of a type may have in a body.</summary>
    private sealed class Names
    {
        private readonly Dictionary<string, Property?> _asWritten = [];
        private readonly Dictionary<string, Property?> _flat = [];

        public Names(JsonTypeInfo type)
        {
            foreach (var property in type.Properties)
            {
                var known = property.Set is null && property.AssociatedParameter is null ? null : new Property(property, type.Options);
                _asWritten.TryAdd(property.Name, known);
                _flat.TryAdd(Flat(property.Name), known);
            }

            foreach (var (alias, meant) in Aliases)
            {
                if (_flat.TryGetValue(meant, out var known))
                {
                    _flat.TryAdd(alias, known);
                }
            }
        }

        /// <summary>The property that a name means; null where nothing can be set by it.</summary>
        public Property? Find(string name) => _asWritten.TryGetValue(name, out var property) ? property : _flat.GetValueOrDefault(Flat(name));
    }

    /// <summary>A property that a body can set, and what it holds.</summary>
    private sealed class Property(JsonPropertyInfo property, JsonSerializerOptions options)
    {
        private JsonTypeInfo? _type;

        public string Name => property.Name;

        public JsonTypeInfo? Type => _type ??= TypeOf(property.PropertyType, options);
    }

    /// <summary>Where in a body, as JSON path; it is written only when something is wrong there.</summary>
    private sealed record Place(Place? Within, string? Name, int Index)
    {
        public static readonly Place Root = new(null, null, 0);

        public Place Of(string name) => new(this, name, 0);

        public Place Of(int index) => new(this, null, index);

        public override string ToString() => Within is null ? "$" : Name is null ? $"{Within}[{Index}]" : $"{Within}.{Name}";
    }
}

/// <summary>JSON that is well formed and yet refused; the message is meant for the caller.</summary>
/// <param name="message">What to do.</param>
/// <param name="path">Where, as JSON path.</param>
internal sealed class RefusedJsonException(string message, string path) : JsonException(message, path, null, null);
