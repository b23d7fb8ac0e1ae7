using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shop.Application.Abstractions;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Payments.Stripe;

/// <summary>Checks and reads webhooks: <see href="https://docs.stripe.com/webhooks#verify-manually"/>.</summary>
internal sealed class StripeWebhook(IReadOnlyList<string> secrets, TimeProvider clock)
{
    public const string Header = "Stripe-Signature";

    private const long ToleranceSeconds = 300;

    /// <summary>Longer than any name at Stripe, which promises 255.</summary>
    private const int MaxName = 255;

    private readonly byte[][] _secrets = [.. secrets.Select(Encoding.UTF8.GetBytes)];

    public Result<GatewayEvent> Read(ReadOnlyMemory<byte> body, string? header)
    {
        if (_secrets.Length == 0)
            return StripeErrors.NotConfigured;

        if (header is null || TimeIn(header) is not { } time)
            return StripeErrors.SignatureMissing;

        // The signature comes first, so that nobody without the secret learns anything about times.
        if (!IsSigned(body.Span, time, SignaturesIn(header)))
            return StripeErrors.SignatureInvalid;

        var age = clock.GetUtcNow().ToUnixTimeSeconds() - long.Parse(time, NumberStyles.None, CultureInfo.InvariantCulture);
        return age is < -ToleranceSeconds or > ToleranceSeconds ? StripeErrors.SignatureExpired : EventIn(body.Span);
    }

    /// <summary>The one time, as it was written, since that is what was signed; null without any, or with several.</summary>
    private static string? TimeIn(string header) =>
        Values(header, "t").ToArray() is [var time] && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? time : null;

    private static List<byte[]> SignaturesIn(string header)
    {
        var signatures = new List<byte[]>();
        foreach (var text in Values(header, "v1"))
        {
            var signature = new byte[HMACSHA256.HashSizeInBytes];
            if (text.Length == 2 * signature.Length && Convert.FromHexString(text, signature, out _, out _) == OperationStatus.Done)
                signatures.Add(signature);
        }

        return signatures;
    }

    private static IEnumerable<string> Values(string header, string scheme) => header
        .Split(',', StringSplitOptions.TrimEntries)
        .Where(part => part.StartsWith(scheme + "=", StringComparison.Ordinal))
        .Select(part => part[(scheme.Length + 1)..]);

    private bool IsSigned(ReadOnlySpan<byte> body, string time, List<byte[]> signatures)
    {
        var signed = false;
        foreach (var secret in _secrets)
        {
            using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
            hash.AppendData(Encoding.ASCII.GetBytes(time + "."));
            hash.AppendData(body);
            var expected = hash.GetHashAndReset();
            foreach (var signature in signatures)
                signed |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }

        return signed;
    }

    private static Result<GatewayEvent> EventIn(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, StripeJson.Default.StripeEvent) is { Id: { } id, Type: { } type, Data.Object: { } about }
                && IsName(id) && IsName(type)
                ? new GatewayEvent(id, type, ReferenceOf(about), KeyOf(about))
                : StripeErrors.EventInvalid;
        }
        catch (JsonException)
        {
            return StripeErrors.EventInvalid;
        }
    }

    private static string? ReferenceOf(StripeEventObject about) => about.Object switch
    {
        "payment_intent" => NameIn(about.Id),
        "charge" or "refund" => NameIn(TextOf(about.PaymentIntent) ?? TextOf(MemberOf(about.PaymentIntent, "id"))),
        _ => null,
    };

    /// <summary>A charge has its payment's metadata; a refund has its own, which hold no payment's key.</summary>
    private static string? KeyOf(StripeEventObject about) => about.Object is "payment_intent" or "charge"
        ? NameIn(TextOf(MemberOf(about.Metadata, StripeGateway.PaymentKey)))
        : null;

    private static string? NameIn(string? text) => text is not null && IsName(text) ? text : null;

    private static bool IsName(string text) => text.Length is > 0 and <= MaxName && !text.Any(char.IsControl);

    private static string? TextOf(JsonElement? element) => element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? MemberOf(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var member) ? member : null;
}
