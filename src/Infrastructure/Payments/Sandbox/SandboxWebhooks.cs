using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Payments;

namespace Shop.Infrastructure.Payments.Sandbox;

/// <summary>
/// Reads the sandbox's webhooks: <c>{"id": …, "type": …, "reference": …, "key": …}</c>, signed as Stripe signs:
/// <c>Sandbox-Signature: t=&lt;unix seconds&gt;,v1=&lt;hex HMAC-SHA256 of "&lt;t&gt;.&lt;raw body&gt;"&gt;</c>. Without a secret none is believed.
/// </summary>
internal sealed class SandboxWebhooks(ShopSettings settings, TimeProvider clock)
{
    public const string Header = "Sandbox-Signature";

    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    private static readonly Error BadSignature =
        new(ErrorKind.Invalid, "webhook_signature_invalid", $"The {Header} header is missing, wrong, or too old for this body.");

    private static readonly Error BadEvent =
        new(ErrorKind.Invalid, "webhook_malformed", "The body is no event: a JSON object with an id and a type.");

    public Result<GatewayEvent> Read(ReadOnlyMemory<byte> body, Func<string, string?> header) =>
        IsSigned(body.Span, header(Header)) ? Parse(body) : BadSignature;

    /// <summary>The header that goes with a body.</summary>
    public static string Sign(ReadOnlySpan<byte> body, string secret, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={time},v1={Convert.ToHexStringLower(Mac(body, time, secret))}";
    }

    private bool IsSigned(ReadOnlySpan<byte> body, string? header)
    {
        var parts = (header ?? "").Split(',').Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToLookup(part => part[0].Trim(), part => part[1]);
        if (settings.SandboxWebhookSecret is not { } secret
            || !long.TryParse(parts["t"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            || Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - (decimal)time) > (decimal)Tolerance.TotalSeconds)
        {
            return false;
        }

        var expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Mac(body, parts["t"].First(), secret)));
        return parts["v1"].Any(signature => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), expected));
    }

    private static byte[] Mac(ReadOnlySpan<byte> body, string time, string secret)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(Encoding.ASCII.GetBytes(time + "."));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }

    private static Result<GatewayEvent> Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            string? Text(string name) =>
                json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                && value.GetString() is { Length: > 0 and <= PaymentEvent.MaxLength } text && !text.Contains('\0') ? text : null;

            return json.RootElement.ValueKind == JsonValueKind.Object && Text("id") is { } id && Text("type") is { } type
                ? new GatewayEvent(id, type, Text("reference"), Text("key"))
                : BadEvent;
        }
        catch (JsonException)
        {
            return BadEvent;
        }
    }
}
