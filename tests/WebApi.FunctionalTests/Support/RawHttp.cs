using System.Net.Sockets;
using System.Text;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>Sends bytes that no HTTP client would send.</summary>
public static class RawHttp
{
    /// <summary>Everything that comes back until the server closes the connection.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="head">Request line and headers, without the closing empty line; "Connection: close" is added.</param>
    /// <param name="body">What follows the headers.</param>
    public static async Task<string> SendAsync(ShopServer shop, string head, string body = "")
    {
        var address = shop.ClientOptions.BaseAddress;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{head}\r\nHost: localhost\r\nConnection: close\r\n\r\n{body}"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
