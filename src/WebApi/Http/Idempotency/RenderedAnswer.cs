using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Shop.Application.Abstractions;

namespace Shop.WebApi.Http.Idempotency;

/// <summary>An answer that is complete but not sent yet.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its raw body.</param>
internal sealed record RenderedAnswer(int Status, IReadOnlyList<KeyValuePair<string, StringValues>> Headers, byte[] Body) : IResult
{
    /// <summary>Runs an endpoint with its answer written to memory; the real response stays as it was.</summary>
    /// <param name="http">The request.</param>
    /// <param name="endpoint">The rest of the endpoint.</param>
    public static async Task<RenderedAnswer> OfAsync(HttpContext http, Func<ValueTask<object?>> endpoint)
    {
        var response = http.Response;
        var (body, status, headers) = (response.Body, response.StatusCode, response.Headers.ToList());
        using var buffer = new MemoryStream();
        response.Body = buffer;
        try
        {
            var result = (IResult)(await endpoint())!;
            await result.ExecuteAsync(http);
            await response.BodyWriter.FlushAsync(http.RequestAborted);
            return new RenderedAnswer(response.StatusCode, [.. response.Headers.Except(headers)], buffer.ToArray());
        }
        finally
        {
            response.Body = body;
            response.StatusCode = status;
            response.Headers.Clear();
            headers.ForEach(response.Headers.Add);
        }
    }

    public static RenderedAnswer Replay(KeptAnswer kept) => new(
        kept.Status,
        [
            .. new Dictionary<string, StringValues>
            {
                [HeaderNames.ContentType] = kept.ContentType,
                [HeaderNames.Location] = kept.Location,
                [HeaderNames.ETag] = kept.ETag,
                [IdempotencyHeader.Replayed] = "true",
            }.Where(header => header.Value.Count > 0),
        ],
        kept.Body);

    public KeptAnswer ToKept(RequestFingerprint request) =>
        new(request.Hash, Status, Find(HeaderNames.ContentType), Find(HeaderNames.Location), Find(HeaderNames.ETag), Body);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        if (Body.Length > 0)
        {
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body, httpContext.RequestAborted);
        }
    }

    private string? Find(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
