using System.Net;
using System.Net.Sockets;

namespace Shop.WebApi.Http;

/// <summary>Who a caller without a token is.</summary>
internal static class CallerAddress
{
    private const int Ipv6NetworkBytes = 8;

    /// <summary>The address that a request comes from, behind configured proxies the forwarded one; of IPv6 the /64, which is one customer's.</summary>
    public static string Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, Ipv6NetworkBytes))
            : address.ToString();
    }
}
