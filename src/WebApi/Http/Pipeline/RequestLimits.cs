using Microsoft.AspNetCore.Server.Kestrel.Core;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.WebApi.Http.Pipeline;

/// <summary>How large a request may be, and what an address must not hold. The server's own limits lie higher, so that these answer.</summary>
internal sealed class RequestLimits(RequestDelegate next)
{
    private const int MaxAddressLength = 8_192;
    private const int MaxHeadersLength = 32_768;
    private const int MaxBodyLength = 1_048_576;

    private static readonly Error AddressTooLong =
        new(ErrorKind.Invalid, "address_too_long", $"Path and query are at most {MaxAddressLength} characters long.");

    private static readonly Error HeadersTooLarge =
        new(ErrorKind.Invalid, "headers_too_large", $"All headers together are at most {MaxHeadersLength} characters long.");

    private static readonly Error MalformedAddress =
        new(ErrorKind.Invalid, "malformed_address", "The path must not hold a NUL.");

    public static void Configure(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = MaxBodyLength;
        server.Limits.MaxRequestLineSize = 4 * MaxAddressLength;
        server.Limits.MaxRequestHeadersTotalSize = 4 * MaxHeadersLength;
    }

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path.Value!.Length + request.QueryString.Value!.Length > MaxAddressLength)
        {
            return Problem.WriteAsync(context, StatusCodes.Status414UriTooLong, AddressTooLong);
        }

        if (request.Headers.Sum(header => header.Key.Length + header.Value.Sum(value => value?.Length ?? 0)) > MaxHeadersLength)
        {
            return Problem.WriteAsync(context, StatusCodes.Status431RequestHeaderFieldsTooLarge, HeadersTooLarge);
        }

        if (request.Path.Value.Contains('\0'))
        {
            return Problem.WriteAsync(context, StatusCodes.Status400BadRequest, MalformedAddress);
        }

        return NulIn(request) is { } parameter
            ? Problem.WriteAsync(context, StatusCodes.Status400BadRequest, ValidationErrors.Of(parameter, "Text must not hold a NUL."))
            : next(context);
    }

    /// <summary>The parameter that holds a NUL, which no database takes and no name or value needs; null for none.</summary>
    private static string? NulIn(HttpRequest request) =>
        request.QueryString.HasValue && request.QueryString.Value.Contains("%00", StringComparison.Ordinal)
            ? request.Query.Where(pair => pair.Key.Contains('\0') || pair.Value.Any(value => value?.Contains('\0') == true))
                .Select(pair => pair.Key.Replace("\0", "", StringComparison.Ordinal))
                .FirstOrDefault()
            : null;
}
