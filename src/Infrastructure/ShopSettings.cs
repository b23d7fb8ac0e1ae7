using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Shop.Domain.Common;
using Shop.Domain.Users;
using Shop.Infrastructure.Mail;
using Shop.Infrastructure.Payments.Stripe;

namespace Shop.Infrastructure;

/// <summary>Where the shop's data lies.</summary>
public enum DatabaseKind
{
    /// <summary>A PostgreSQL cluster of the shop's own, under its data directory.</summary>
    Local,

    /// <summary>A PostgreSQL server that is there.</summary>
    PostgreSql,

    /// <summary>A SQL Server that is there.</summary>
    SqlServer,
}

/// <summary>Who takes the money.</summary>
public enum PaymentProvider
{
    /// <summary>Built in; no money moves.</summary>
    Sandbox,

    /// <summary>Stripe, through its REST API.</summary>
    Stripe,
}

/// <summary>What can be set from outside, read once at start. A wrong value stops the start.</summary>
public sealed record ShopSettings
{
    /// <summary><c>Shop:Database</c>: Local in Development unless said, else it has to be named.</summary>
    public required DatabaseKind Database { get; init; }

    /// <summary><c>ConnectionStrings:Shop</c>: required but for the local database.</summary>
    public string? ConnectionString { get; init; }

    /// <summary><c>Shop:SqlServer:MaxBatchSize</c>: statements in one round trip; null for EF Core's own.</summary>
    public int? SqlServerMaxBatchSize { get; init; }

    /// <summary><c>Shop:DataDirectory</c>: where the local database and files lie, <c>.data</c> unless said.</summary>
    public required string DataDirectory { get; init; }

    /// <summary><c>Shop:Currency</c>: ISO 4217, a currency with two decimals, EUR unless said.</summary>
    public required string Currency { get; init; }

    /// <summary><c>Shop:TimeZone</c>: an IANA name, where the days of analytics and reports begin and end; UTC unless said.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary><c>Shop:PaymentWindow</c>: how long a placed order waits to be paid, a second to a year; 00:30:00 unless said.</summary>
    public required TimeSpan PaymentWindow { get; init; }

    /// <summary><c>Shop:Admin:Email</c> of the admin that the first start makes.</summary>
    public string? AdminEmail { get; init; }

    /// <summary><c>Shop:Admin:Password</c> of the admin that the first start makes.</summary>
    public string? AdminPassword { get; init; }

    /// <summary><c>Shop:Backfill:Path</c>: the CSV that GET /products/data/backfill loads; null for the small one that ships.</summary>
    public string? BackfillPath { get; init; }

    /// <summary><c>Shop:Cors:Origins</c>: origins, separated by commas, whose pages may call the API.</summary>
    public required IReadOnlyList<string> CorsOrigins { get; init; }

    /// <summary><c>Shop:PublicUrl</c>: where clients reach the shop, when a proxy stands before it; null for what the request says.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary><c>Shop:Proxies:Known</c>: addresses or networks, separated by commas, whose forwarded headers are believed; nobody's unless said.</summary>
    public required IReadOnlyList<IPNetwork> KnownProxies { get; init; }

    /// <summary><c>Shop:Cache:Enabled</c>: whether answers that show the catalog are kept while nothing changes in it; true unless said.</summary>
    public required bool CacheEnabled { get; init; }

    /// <summary><c>Shop:RateLimits:Enabled</c>: whether requests and failed sign-ins are limited; true unless said.</summary>
    public required bool RateLimitsEnabled { get; init; }

    /// <summary><c>Shop:RateLimits:RequestsPerMinute</c> of one sign-in, or of one address without any; 60,000 unless said.</summary>
    public required int RequestsPerMinute { get; init; }

    /// <summary><c>Shop:Payments:Stripe</c>: read where <c>Shop:Payments:Provider</c> is stripe, else null.</summary>
    public StripeSettings? Stripe { get; init; }

    /// <summary><c>Shop:Payments:Provider</c>: sandbox in Development unless said; elsewhere null unless said, and then nobody can pay.</summary>
    public PaymentProvider? PaymentProvider { get; init; }

    /// <summary><c>Shop:Payments:Sandbox:WebhookSecret</c>: what the sandbox's webhooks are signed with; null believes none.</summary>
    public string? SandboxWebhookSecret { get; init; }

    /// <summary><c>Shop:Faults:CrashAt</c>: where the process dies, to test that nothing is lost; in Development only.</summary>
    public string? CrashAt { get; init; }

    /// <summary><c>Shop:Mail</c>: how mails leave the shop.</summary>
    public required MailSettings Mail { get; init; }

    /// <summary><c>Shop:Demo</c>: whether an empty database gets a demo shop; true in Development unless said.</summary>
    public required bool Demo { get; init; }

    /// <summary><c>Shop:Outbox:Retention</c>: how long events are kept that all consumers have had, 1 day to 10 years; 7 days unless said.</summary>
    public required TimeSpan OutboxRetention { get; init; }

    /// <summary><c>Shop:Jobs:Enabled</c>: whether this node does its share of the jobs; true unless said.</summary>
    public required bool JobsEnabled { get; init; }

    /// <summary><c>Shop:Feed:TrainEvery</c>: how often the recommender is trained anew, a minute to a year; 06:00:00 unless said.</summary>
    public required TimeSpan TrainEvery { get; init; }

    /// <summary><c>Shop:Webhooks:AllowPrivateAddresses</c>: whether webhooks may be sent to the shop's own network; false unless said.</summary>
    public required bool AllowPrivateWebhookAddresses { get; init; }

    /// <summary>Whether this is a developer's machine.</summary>
    public required bool IsDevelopment { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">Where from.</param>
    /// <param name="isDevelopment">Whether this is a developer's machine.</param>
    /// <exception cref="SettingException">One is wrong.</exception>
    public static ShopSettings From(IConfiguration configuration, bool isDevelopment)
    {
        var dataDirectory = Path.GetFullPath(Text(configuration, "Shop:DataDirectory") ?? ".data");
        var settings = new ShopSettings
        {
            Database = Choice<DatabaseKind>(configuration, "Shop:Database", isDevelopment ? DatabaseKind.Local : null),
            ConnectionString = configuration.GetConnectionString("Shop"),
            SqlServerMaxBatchSize = Number(configuration, "Shop:SqlServer:MaxBatchSize", 1, 1_000),
            DataDirectory = dataDirectory,
            Currency = Text(configuration, "Shop:Currency") ?? "EUR",
            TimeZone = Zone(configuration, "Shop:TimeZone"),
            PaymentWindow = Time(configuration, "Shop:PaymentWindow", TimeSpan.FromSeconds(1), TimeSpan.FromDays(365)) ?? TimeSpan.FromMinutes(30),
            AdminEmail = Text(configuration, "Shop:Admin:Email"),
            AdminPassword = Text(configuration, "Shop:Admin:Password"),
            BackfillPath = Text(configuration, "Shop:Backfill:Path"),
            CorsOrigins = [.. List(configuration, "Shop:Cors:Origins").Select(Origin)],
            PublicUrl = Url(configuration, "Shop:PublicUrl"),
            KnownProxies = [.. List(configuration, "Shop:Proxies:Known").Select(Network)],
            CacheEnabled = Flag(configuration, "Shop:Cache:Enabled", otherwise: true),
            RateLimitsEnabled = Flag(configuration, "Shop:RateLimits:Enabled", otherwise: true),
            RequestsPerMinute = Number(configuration, "Shop:RateLimits:RequestsPerMinute", 1, 10_000_000) ?? 60_000,
            PaymentProvider = Text(configuration, "Shop:Payments:Provider") is null && !isDevelopment
                ? null
                : Choice<PaymentProvider>(configuration, "Shop:Payments:Provider", Shop.Infrastructure.PaymentProvider.Sandbox),
            SandboxWebhookSecret = Text(configuration, "Shop:Payments:Sandbox:WebhookSecret"),
            CrashAt = isDevelopment ? Text(configuration, "Shop:Faults:CrashAt") : null,
            Mail = MailSettings.Read(configuration, isDevelopment, dataDirectory),
            Demo = Flag(configuration, "Shop:Demo", isDevelopment),
            OutboxRetention = Time(configuration, "Shop:Outbox:Retention", TimeSpan.FromDays(1), TimeSpan.FromDays(3_650)) ?? TimeSpan.FromDays(7),
            JobsEnabled = Flag(configuration, "Shop:Jobs:Enabled", otherwise: true),
            TrainEvery = Time(configuration, "Shop:Feed:TrainEvery", TimeSpan.FromMinutes(1), TimeSpan.FromDays(365)) ?? TimeSpan.FromHours(6),
            AllowPrivateWebhookAddresses = Flag(configuration, "Shop:Webhooks:AllowPrivateAddresses", otherwise: false),
            IsDevelopment = isDevelopment,
        };
        settings.Check();
        return settings with { Stripe = StripeIfChosen(configuration, settings.Currency) };
    }

    private void Check()
    {
        if (!Currencies.Contains(Currency))
        {
            throw new SettingException($"Shop:Currency is '{Currency}'; set it to the ISO 4217 code of a currency with two decimals, such as EUR.");
        }

        if (Database != DatabaseKind.Local && string.IsNullOrWhiteSpace(ConnectionString))
        {
            throw new SettingException($"ConnectionStrings:Shop is missing; Shop:Database is {Database}, so say where that server is.");
        }

        if (AdminEmail is null != AdminPassword is null)
        {
            throw new SettingException("Shop:Admin:Email and Shop:Admin:Password belong together; set both or neither.");
        }

        if (AdminEmail is not null && !EmailAddress.IsValid(AdminEmail))
        {
            throw new SettingException($"Shop:Admin:Email is '{AdminEmail}'; set it to an e-mail address such as anna@example.org.");
        }

        if (AdminPassword is { Length: < 8 or > 128 })
        {
            throw new SettingException("Shop:Admin:Password must have 8 to 128 characters.");
        }
    }

    private static StripeSettings? StripeIfChosen(IConfiguration configuration, string currency) =>
        string.Equals(Text(configuration, "Shop:Payments:Provider"), "stripe", StringComparison.OrdinalIgnoreCase)
            ? StripeSettings.From(configuration, currency)
            : null;

    private static string? Text(IConfiguration configuration, string name) =>
        string.IsNullOrWhiteSpace(configuration[name]) ? null : configuration[name]!.Trim();

    private static string[] List(IConfiguration configuration, string name) =>
        (Text(configuration, name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Uri? Url(IConfiguration configuration, string name) => Text(configuration, name) switch
    {
        null => null,
        var text when HttpUrl(text) is { } url => url,
        var text => throw new SettingException($"{name} is '{text}'; set it to an address such as https://shop.example.org."),
    };

    private static string Origin(string text) =>
        text == "*" || (HttpUrl(text) is { PathAndQuery: "/" } && !text.EndsWith('/'))
            ? text
            : throw new SettingException($"Shop:Cors:Origins has '{text}'; give origins such as https://www.example.org, without a path, or * for all.");

    private static Uri? HttpUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) ? url : null;

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new SettingException($"Shop:Proxies:Known has '{text}'; give addresses such as 10.0.0.7 or networks such as 10.0.0.0/8.");

    private static TimeZoneInfo Zone(IConfiguration configuration, string name)
    {
        var id = Text(configuration, name) ?? "UTC";
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && (zone.HasIanaId || zone.Equals(TimeZoneInfo.Utc))
            ? zone
            : throw new SettingException($"{name} is '{id}', which this machine does not know; set it to an IANA time zone such as Europe/Berlin or UTC.");
    }

    private static bool Flag(IConfiguration configuration, string name, bool otherwise) => Text(configuration, name) switch
    {
        null => otherwise,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw new SettingException($"{name} is '{text}'; set it to true or false."),
    };

    private static int? Number(IConfiguration configuration, string name, int min, int max) => Text(configuration, name) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max => number,
        var text => throw new SettingException($"{name} is '{text}'; set it to a whole number from {min} to {max}."),
    };

    /// <summary>A bare number would be days.</summary>
    private static TimeSpan? Time(IConfiguration configuration, string name, TimeSpan min, TimeSpan max) => Text(configuration, name) switch
    {
        null => null,
        var text when text.Contains(':') && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) && time >= min && time <= max => time,
        var text => throw new SettingException($"{name} is '{text}'; set it to a time such as 00:30:00, from {min:c} to {max:c}."),
    };

    private static T Choice<T>(IConfiguration configuration, string name, T? otherwise)
        where T : struct, Enum => Text(configuration, name) switch
        {
            null => otherwise ?? throw new SettingException($"{name} is missing; set it to one of {string.Join(", ", Enum.GetNames<T>())}."),
            var text when Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase) => Enum.Parse<T>(text, ignoreCase: true),
            var text => throw new SettingException($"{name} is '{text}'; set it to one of {string.Join(", ", Enum.GetNames<T>())}."),
        };
}
