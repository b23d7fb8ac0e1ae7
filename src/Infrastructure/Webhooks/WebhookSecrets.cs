using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Webhooks;

/// <summary>Secrets that sign. They are stored since signing needs them, encrypted by the keys that protect tokens too.</summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection) : IWebhookSecrets
{
    private const int RandomBytes = 32;
    private const string Prefix = "whsec_";

    private readonly IDataProtector _protector = protection.CreateProtector("Shop.Webhooks.Secret");

    public WebhookSecret Create()
    {
        var text = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        return new WebhookSecret(text, _protector.Protect(text));
    }

    /// <summary>The secret as its receiver knows it.</summary>
    /// <exception cref="CryptographicException">The shop has lost the key that protects it.</exception>
    public string Reveal(string protectedSecret) => _protector.Unprotect(protectedSecret);
}
