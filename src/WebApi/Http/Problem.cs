using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Shop.Domain.Common;

namespace Shop.WebApi.Http;

/// <summary>The one way a refusal leaves the shop: RFC 9457 <c>application/problem+json</c>.</summary>
internal sealed class Problem(Error error, int? status = null) : IResult, IStatusCodeHttpResult
{
    public const string ContentType = "application/problem+json";

    public int? StatusCode => status ?? StatusOf(error.Kind);

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, StatusCode!.Value, error);

    /// <summary>Writes a problem, unless the answer has begun.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="error">What is wrong.</param>
    public static Task WriteAsync(HttpContext context, int status, Error error)
    {
        if (context.Response.HasStarted)
        {
            return Task.CompletedTask;
        }

        var body = Body(status, error, Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier);
        if (error.RetryAfter is { } wait)
        {
            context.Response.Headers[HeaderNames.RetryAfter] = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            if (status == StatusCodes.Status429TooManyRequests)
            {
                context.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{error.Code}\";r=0;t={Math.Ceiling(wait.TotalSeconds)}");
            }
        }

        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(body, (JsonSerializerOptions?)null, ContentType, context.RequestAborted);
    }

    /// <summary>The members of a problem.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="error">What is wrong.</param>
    /// <param name="traceId">What the log knows the request by.</param>
    public static Dictionary<string, object?> Body(int status, Error error, string traceId)
    {
        var body = new Dictionary<string, object?>
        {
            ["type"] = "urn:shop:problem:" + error.Code,
            ["title"] = TitleOf(status),
            ["status"] = status,
            ["detail"] = error.Detail,
            ["code"] = error.Code,
            ["trace_id"] = traceId,
        };
        if (error.Fields is not null)
        {
            body["errors"] = error.Fields;
        }

        foreach (var (name, value) in error.Facts ?? new Dictionary<string, object>())
        {
            body[name] = value;
        }

        return body;
    }

    public static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorKind.PaymentDeclined => StatusCodes.Status402PaymentRequired,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Stale => StatusCodes.Status412PreconditionFailed,
        ErrorKind.Contradiction => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string TitleOf(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
}
