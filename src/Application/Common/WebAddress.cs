namespace Shop.Application.Common;

/// <summary>Addresses on the web.</summary>
public static class WebAddress
{
    /// <summary>Whether a text is an absolute http or https address.</summary>
    /// <param name="text">The text.</param>
    public static bool IsHttp(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
