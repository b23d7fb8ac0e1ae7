using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Shop.WebApi.Http;

/// <summary>Rewrites JSON bodies by <see cref="CanonicalJson"/> before they are bound.</summary>
internal sealed class CanonicalJsonBody(RequestDelegate next, IOptions<JsonOptions> json)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is { RequestType: { } type } && context.Request.HasJsonContentType())
        {
            await RewriteAsync(context.Request, type, context.RequestAborted);
        }

        await next(context);
    }

    private async Task RewriteAsync(HttpRequest request, Type type, CancellationToken cancellationToken)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var contentType)
            && contentType.Charset is { HasValue: true } charset
            && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            throw new BadHttpRequestException("The body is not UTF-8.", StatusCodes.Status415UnsupportedMediaType);
        }

        using var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 1_024, 1_048_576));
        await request.Body.CopyToAsync(body, cancellationToken);
        if (body.Length == 0)
        {
            (request.Body, request.ContentLength) = (Stream.Null, 0);
            return;
        }

        try
        {
            var canonical = CanonicalJson.Rewrite(
                body.GetBuffer().AsSpan(0, (int)body.Length), json.Value.SerializerOptions.GetTypeInfo(type));
            request.Body = new MemoryStream(canonical.ToArray(), writable: false);
            request.ContentLength = canonical.Length;
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException("The body is not valid JSON.", StatusCodes.Status400BadRequest, exception);
        }
    }
}
