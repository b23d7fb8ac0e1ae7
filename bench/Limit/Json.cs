using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Shop.Limit;

/// <summary>A product as the shop shows it, byte by byte.</summary>
internal sealed record Product(
    long Id, string Sku, string Name, string? Description, decimal Price, string Currency, string? Category, long? CategoryId, string? ImageUrl, int Stock,
    long? SellerId, decimal? Rating, int ReviewCount, DateTime CreatedAt, DateTime UpdatedAt);

internal sealed record NewOrder(IReadOnlyList<OrderLine> Items);

internal sealed record OrderLine(long ProductId, int Quantity);

internal sealed record PlacedOrder(long Id, string Number, decimal Total);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<Product>))]
[JsonSerializable(typeof(NewOrder))]
[JsonSerializable(typeof(PlacedOrder))]
internal sealed partial class LimitJson : JsonSerializerContext;

/// <summary>Serialises into memory that the thread reuses.</summary>
internal static class JsonBody
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>The bytes of a value; good until the next call on this thread.</summary>
    public static ReadOnlyMemory<byte> Of<T>(T value, JsonTypeInfo<T> type)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(16 * 1024);
        var writer = _writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        buffer.ResetWrittenCount();
        writer.Reset();
        JsonSerializer.Serialize(writer, value, type);
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
