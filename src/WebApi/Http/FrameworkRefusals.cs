using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.WebApi.Http;

/// <summary>Gives the framework's own refusals (routing, binding, limits) and bugs the shape of all others.</summary>
internal sealed partial class FrameworkRefusals(ILogger<FrameworkRefusals> log) : IExceptionHandler
{
    private static readonly Error Internal = new(
        ErrorKind.Conflict, "internal_error", "Something went wrong on our side; try again, and quote the trace_id if it stays.");

    private static readonly Error Unavailable = new(
        ErrorKind.Unavailable, "unavailable", "The database can't be reached at the moment; try again soon.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    private static readonly Error OutcomeUnknown = new(
        ErrorKind.Unavailable, "outcome_unknown", "The database was lost while saving, so the change may have been made or not: look before you repeat it.");

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, error) = exception switch
        {
            BadHttpRequestException bad => (bad.StatusCode, Describe(bad)),
            OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested => (StatusCodes.Status499ClientClosedRequest, Internal),
            CommitUnknownException => (StatusCodes.Status503ServiceUnavailable, OutcomeUnknown),
            _ when IsOutage(exception) => (StatusCodes.Status503ServiceUnavailable, Unavailable),
            _ => (StatusCodes.Status500InternalServerError, Internal),
        };
        if (status >= StatusCodes.Status500InternalServerError)
        {
            Failed(log, exception, httpContext.Request.Method, httpContext.Request.Path);
        }

        await Problem.WriteAsync(httpContext, status, error);
        return true;
    }

    /// <summary>Writes the body that the framework leaves out.</summary>
    /// <param name="context">An answer with a status and no body.</param>
    public static Task WriteBodyAsync(StatusCodeContext context) =>
        Problem.WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode, DescribeStatus(context.HttpContext.Response.StatusCode));

    /// <summary>What a status that the framework chose means.</summary>
    /// <param name="status">The HTTP status.</param>
    public static Error DescribeStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => UserErrors.NotSignedIn,
        StatusCodes.Status403Forbidden => UserErrors.AdminOnly,
        StatusCodes.Status404NotFound => new(ErrorKind.NotFound, "not_found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed =>
            new(ErrorKind.Invalid, "method_not_allowed", "This address does not take that method; 'Allow' says which it takes."),
        StatusCodes.Status413PayloadTooLarge => new(ErrorKind.Invalid, "body_too_large", "The body is too large."),
        StatusCodes.Status414UriTooLong => new(ErrorKind.Invalid, "address_too_long", "Path and query are too long."),
        StatusCodes.Status431RequestHeaderFieldsTooLarge => new(ErrorKind.Invalid, "headers_too_large", "The headers are too large."),
        StatusCodes.Status408RequestTimeout => new(ErrorKind.Invalid, "request_timeout", "The request did not arrive in time; send it again."),
        StatusCodes.Status415UnsupportedMediaType =>
            new(ErrorKind.Invalid, "unsupported_media_type", "Send the body as 'Content-Type: application/json' in UTF-8."),
        _ => new(ErrorKind.Invalid, "bad_request", "The request can't be read."),
    };

    private static Error Describe(BadHttpRequestException exception) => exception switch
    {
        { StatusCode: not StatusCodes.Status400BadRequest } => DescribeStatus(exception.StatusCode),
        { InnerException: JsonException json } => Describe(json),
        _ when UnboundParameter().Match(exception.Message) is { Success: true } match =>
            ValidationErrors.Of(JsonNamingPolicy.SnakeCaseLower.ConvertName(match.Groups[1].Value), "This is not of the right form."),
        _ when exception.Message.Contains("body", StringComparison.OrdinalIgnoreCase) =>
            new(ErrorKind.Invalid, "malformed_json", "Send a JSON body."),
        _ => DescribeStatus(exception.StatusCode),
    };

    private static Error Describe(JsonException json)
    {
        var path = json.Path?.TrimStart('$').TrimStart('.');
        return string.IsNullOrEmpty(path)
            ? new Error(ErrorKind.Invalid, "malformed_json", "The body is not valid JSON of the expected form.")
            : ValidationErrors.Of(path, json is RefusedJsonException ? json.Message : "This is not of the right type.");
    }

    private static bool IsOutage(Exception? exception) =>
        exception is not null && (exception is DbException { IsTransient: true } or TimeoutException || IsOutage(exception.InnerException));

    [GeneratedRegex("parameter \"\\S+ (\\w+)\"")]
    private static partial Regex UnboundParameter();

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void Failed(ILogger log, Exception exception, string method, PathString path);
}
