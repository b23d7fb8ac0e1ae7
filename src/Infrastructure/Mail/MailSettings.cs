using System.Globalization;
using System.Net.Mail;
using Microsoft.Extensions.Configuration;

namespace Shop.Infrastructure.Mail;

/// <summary>How mails leave the shop. Without a host they are written to files in Development, and none are sent in Production.</summary>
public sealed record MailSettings
{
    /// <summary><c>Shop:Mail:Host</c>: the mail server; null for none.</summary>
    public string? Host { get; init; }

    /// <summary><c>Shop:Mail:Port</c>: 587 with encryption and 25 without, unless said.</summary>
    public required int Port { get; init; }

    /// <summary><c>Shop:Mail:From</c>: whom mails come from, <c>Name &lt;address&gt;</c> or the address alone.</summary>
    public required MailAddress From { get; init; }

    /// <summary><c>Shop:Mail:Username</c> at the mail server; null for none.</summary>
    public string? Username { get; init; }

    /// <summary><c>Shop:Mail:Password</c> at the mail server.</summary>
    public string? Password { get; init; }

    /// <summary><c>Shop:Mail:UseTls</c>: whether the connection is encrypted by STARTTLS; true unless said, or the host is this machine.</summary>
    public required bool UseTls { get; init; }

    /// <summary><c>Shop:Mail:Templates</c>: a folder whose files take the place of the templates of the same names.</summary>
    public string? Templates { get; init; }

    /// <summary>Where mails are written as files; null when they are sent, or not at all.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether mails go anywhere.</summary>
    public bool IsOn => Host is not null || Folder is not null;

    /// <summary>What the shop calls itself.</summary>
    public string ShopName => From.DisplayName.Length > 0 ? From.DisplayName : "Shop";

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">Where from.</param>
    /// <param name="isDevelopment">Whether mails are written to files when there is no host.</param>
    /// <param name="dataDirectory">The folder that those files go below.</param>
    /// <exception cref="SettingException">One is wrong.</exception>
    public static MailSettings Read(IConfiguration configuration, bool isDevelopment, string dataDirectory)
    {
        var host = Text(configuration, "Shop:Mail:Host");
        var useTls = Flag(configuration, "Shop:Mail:UseTls") ?? !IsThisMachine(host);
        var settings = new MailSettings
        {
            Host = host,
            Port = PortOf(configuration) ?? (useTls ? 587 : 25),
            From = Sender(Text(configuration, "Shop:Mail:From") ?? "Shop <shop@localhost>"),
            Username = Text(configuration, "Shop:Mail:Username"),
            Password = Text(configuration, "Shop:Mail:Password"),
            UseTls = useTls,
            Templates = Text(configuration, "Shop:Mail:Templates"),
            Folder = host is null && isDevelopment ? Path.Combine(dataDirectory, "mail") : null,
        };
        settings.Check();
        return settings;
    }

    private void Check()
    {
        if (Username is null != Password is null)
        {
            throw new SettingException("Shop:Mail:Username and Shop:Mail:Password belong together; set both or neither.");
        }

        if (Username is not null && !UseTls && !IsThisMachine(Host))
        {
            throw new SettingException("Shop:Mail:UseTls is false, which would send Shop:Mail:Password over the network for all to read; leave it out.");
        }

        if (UseTls && Port == 465)
        {
            throw new SettingException("Shop:Mail:Port is 465, where encryption begins with the connection; use the server's port for STARTTLS, mostly 587.");
        }

        if (Templates is not null && !Directory.Exists(Templates))
        {
            throw new SettingException($"Shop:Mail:Templates is '{Templates}', which is no folder; make it, or leave the setting out.");
        }
    }

    private static string? Text(IConfiguration configuration, string name) =>
        string.IsNullOrWhiteSpace(configuration[name]) ? null : configuration[name]!.Trim();

    private static bool? Flag(IConfiguration configuration, string name) => Text(configuration, name) switch
    {
        null => null,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw new SettingException($"{name} is '{text}'; set it to true or false."),
    };

    private static int? PortOf(IConfiguration configuration) => Text(configuration, "Shop:Mail:Port") switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65_535 => port,
        var text => throw new SettingException($"Shop:Mail:Port is '{text}'; set it to a whole number from 1 to 65535."),
    };

    private static MailAddress Sender(string text) =>
        MailAddress.TryCreate(text, out var address)
            ? address
            : throw new SettingException($"Shop:Mail:From is '{text}'; set it to an address such as Shop <shop@example.org>.");

    private static bool IsThisMachine(string? host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));
}
