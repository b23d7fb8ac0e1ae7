using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Application.Common;

namespace Shop.WebApi.Http;

/// <summary>How JSON leaves and enters the shop.</summary>
internal static class ShopJson
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new UtcConverter());
        options.Converters.Add(new OptionalConverterFactory());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }

    /// <summary>RFC 3339 in UTC, with a Z.</summary>
    private sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        private const int LongestTime = 28;
        private const int UpToMicroseconds = 26;

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset().ToUniversalTime();

        /// <summary>Microseconds, as the databases keep them, without zeros at the end.</summary>
        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            Span<byte> text = stackalloc byte[LongestTime];
            value.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
            var length = text[..UpToMicroseconds].TrimEnd((byte)'0').TrimEnd((byte)'.').Length;
            text[length] = (byte)'Z';
            writer.WriteStringValue(text[..(length + 1)]);
        }
    }

    private sealed class OptionalConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(OptionalConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
    }

    private sealed class OptionalConverter<T> : JsonConverter<Optional<T>>
    {
        public override bool HandleNull => true;

        /// <summary>By the value's own converter: a nested deserialization would call the place of an error its own root.</summary>
        public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null && default(T) is null
                ? new(default(T))
                : new(((JsonConverter<T>)options.GetConverter(typeof(T))).Read(ref reader, typeof(T), options));

        public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
