using System.Globalization;
using System.Text;
using System.Text.Json;
using Shop.Domain.Outbox;

namespace Shop.Infrastructure.Webhooks;

/// <summary>What a delivery tells.</summary>
internal static class WebhookBody
{
    private const string Rfc3339 = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    public static string Of(OutboxEvent happened)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", happened.EventId);
            json.WriteString("type", happened.Type);
            json.WriteNumber("sequence", happened.Sequence);
            json.WriteString("created_at", happened.CreatedAt.UtcDateTime.ToString(Rfc3339, CultureInfo.InvariantCulture));
            json.WritePropertyName("data");
            json.WriteRawValue(happened.Data);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
