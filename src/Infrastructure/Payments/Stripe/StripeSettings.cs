using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Shop.Infrastructure.Payments.Stripe;

/// <summary>How Stripe is reached. A class, since a record would print its secrets.</summary>
public sealed class StripeSettings
{
    private const string Section = "Shop:Payments:Stripe:";

    private static readonly TimeSpan MinTimeout = TimeSpan.FromSeconds(2);

    /// <summary>A request reserves and takes, two calls, within the 30 s for which it holds its payment and its idempotency key.</summary>
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromSeconds(14);

    private StripeSettings(string secretKey, Uri baseUrl, IReadOnlyList<string> webhookSecrets, TimeSpan timeout, string currency) =>
        (SecretKey, BaseUrl, WebhookSecrets, Timeout, Currency) = (secretKey, baseUrl, webhookSecrets, timeout, currency);

    /// <summary><c>SecretKey</c>: signs every request in; never to be logged.</summary>
    public string SecretKey { get; }

    /// <summary><c>BaseUrl</c>: where the API is, ending with a slash; Stripe's own unless said.</summary>
    public Uri BaseUrl { get; }

    /// <summary><c>WebhookSecrets</c>: each of them may sign a webhook, several during rotation; none refuses all webhooks.</summary>
    public IReadOnlyList<string> WebhookSecrets { get; }

    /// <summary><c>Timeout</c> of one call, repeats included: 2 to 14 s, 10 s unless said.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>The shop's currency, ISO 4217, upper case: what refunds are counted in.</summary>
    public string Currency { get; }

    /// <summary>Reads <c>Shop:Payments:Stripe</c>.</summary>
    /// <param name="configuration">Where from.</param>
    /// <param name="currency">The shop's currency, ISO 4217, upper case.</param>
    /// <exception cref="SettingException">One is missing or wrong; the message holds no secret.</exception>
    public static StripeSettings From(IConfiguration configuration, string currency) => new(
        Secret(Text(configuration, "SecretKey")),
        Address(Text(configuration, "BaseUrl") ?? "https://api.stripe.com/"),
        [.. (Text(configuration, "WebhookSecrets") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        Duration(Text(configuration, "Timeout")),
        currency);

    /// <summary>Where the API is, and nothing secret.</summary>
    public override string ToString() => $"Stripe at {BaseUrl}";

    private static string? Text(IConfiguration configuration, string name) =>
        string.IsNullOrWhiteSpace(configuration[Section + name]) ? null : configuration[Section + name]!.Trim();

    private static string Secret(string? text) => text switch
    {
        null => throw new SettingException($"{Section}SecretKey is missing; Shop:Payments:Provider is stripe, so set it to your account's secret key."),
        _ when text.StartsWith("pk_", StringComparison.Ordinal) =>
            throw new SettingException($"{Section}SecretKey is a publishable key; set it to a secret key (sk_…) or a restricted one (rk_…)."),
        _ when !text.All(character => character is > ' ' and <= '~') =>
            throw new SettingException($"{Section}SecretKey has spaces or characters that no key has; copy it again."),
        _ => text,
    };

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            ? new Uri(url.AbsoluteUri.TrimEnd('/') + "/")
            : throw new SettingException($"{Section}BaseUrl is no https address (http only on this machine); leave it out to reach https://api.stripe.com/.");

    private static TimeSpan Duration(string? text) => text switch
    {
        null => TimeSpan.FromSeconds(10),
        _ when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= MinTimeout && time <= MaxTimeout => time,
        _ => throw new SettingException($"{Section}Timeout is '{text}'; set it to a time from {MinTimeout} to {MaxTimeout}."),
    };
}
