using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shop.Infrastructure.Payments.Sandbox;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>The sandbox's webhooks.</summary>
internal static class PaymentWebhooks
{
    public const string Path = "/payments/webhooks/sandbox";

    /// <summary>Sends an event as the sandbox would.</summary>
    public static Task<Answer> SendAsync(Actor sandbox, object said, DateTimeOffset? now = null)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(said);
        return SendAsync(sandbox, body, SandboxWebhooks.Sign(body, ShopServer.WebhookSecret, now ?? DateTimeOffset.UtcNow));
    }

    /// <summary>Sends bytes under a signature, or none.</summary>
    public static Task<Answer> SendAsync(Actor sandbox, byte[] body, string? signature, string path = Path)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        return sandbox.PostAsync(path, content, signature is null ? [] : [(SandboxWebhooks.Header, signature)]);
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
