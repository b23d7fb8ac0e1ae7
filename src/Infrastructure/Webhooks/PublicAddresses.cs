using System.Net;
using System.Net.Sockets;

namespace Shop.Infrastructure.Webhooks;

/// <summary>Which addresses are somebody's on the internet, by IANA's registries of special-purpose addresses.</summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] SpecialIpv4 =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        ]).Select(IPNetwork.Parse),
    ];

    /// <summary>All that is handed out to networks; what holds an IPv4 address in it (Teredo, 6to4) and documentation lie inside it.</summary>
    private static readonly IPNetwork GlobalIpv6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialIpv6 =
        [.. ((string[])["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]).Select(IPNetwork.Parse)];

    public static bool Contains(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? GlobalIpv6.Contains(plain) && !SpecialIpv6.Any(network => network.Contains(plain))
            : !SpecialIpv4.Any(network => network.Contains(plain));
    }
}
