using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Outbox;

/// <summary>An event's data as JSON: the aggregate's id, then the event's own properties, with the shop's currency where there is an amount.</summary>
internal static class EventPayload
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new MoneyConverter(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Arrange } },
    };

    public static string Write(long aggregateId, DomainEvent happened)
    {
        var own = JsonSerializer.Serialize(happened, happened.GetType(), Json);
        var id = string.Create(CultureInfo.InvariantCulture, $"{{\"id\":{aggregateId}");
        return own == "{}" ? id + "}" : $"{id},{own.AsSpan(1)}";
    }

    public static string AggregateType(Type aggregate) => JsonNamingPolicy.SnakeCaseLower.ConvertName(aggregate.Name);

    private static void Arrange(JsonTypeInfo type)
    {
        if (!type.Type.IsSubclassOf(typeof(DomainEvent)))
        {
            return;
        }

        foreach (var envelope in type.Properties.Where(property => property.Name is "type" or "occurred_at").ToList())
        {
            type.Properties.Remove(envelope);
        }

        if (type.Properties.Any(property => property.PropertyType == typeof(Money)))
        {
            var currency = type.CreateJsonPropertyInfo(typeof(string), "currency");
            currency.Get = _ => ShopCurrency.Code;
            type.Properties.Add(currency);
        }
    }

    private sealed class MoneyConverter : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Money.From(reader.GetDecimal());

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Amount);
    }
}
