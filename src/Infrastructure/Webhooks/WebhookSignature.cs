using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Infrastructure.Webhooks;

/// <summary>What receivers know the shop by.</summary>
internal static class WebhookSignature
{
    public const string Header = "Shop-Signature";

    /// <summary><c>t=…,v1=…</c>: a v1 for each secret, the hexadecimal HMAC-SHA256 of the time, a dot and the body.</summary>
    /// <param name="body">The body's bytes.</param>
    /// <param name="secrets">The secrets, whose UTF-8 bytes are the keys.</param>
    /// <param name="now">The present, which lets receivers refuse what is old.</param>
    public static string Of(byte[] body, IEnumerable<string> secrets, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes(time + "."), .. body];
        var signatures = secrets.Select(secret => $",v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}");
        return $"t={time}{string.Concat(signatures)}";
    }
}
