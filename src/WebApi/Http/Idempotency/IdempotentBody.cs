using System.Security.Cryptography;
using System.Text;

namespace Shop.WebApi.Http.Idempotency;

/// <summary>Takes the fingerprint of a request under an idempotency key while its body is still as it was sent.</summary>
internal sealed class IdempotentBody(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(IdempotencyHeader.Name) && context.GetEndpoint()?.Metadata.GetMetadata<IdempotentAttribute>() is not null)
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            context.Features.Set(new RequestFingerprint(Hash(context.Request, body)));
            body.Position = 0;
            context.Request.Body = body;
        }

        await next(context);
    }

    private static byte[] Hash(HttpRequest request, MemoryStream body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        hash.AppendData(body.GetBuffer().AsSpan(0, (int)body.Length));
        return hash.GetHashAndReset();
    }
}

/// <summary>What tells two requests under one key apart.</summary>
/// <param name="Hash">SHA-256 of method, path, query and raw body.</param>
internal sealed record RequestFingerprint(byte[] Hash)
{
    /// <summary>Whether it is the same request.</summary>
    /// <param name="hash">Another's hash.</param>
    public bool Matches(byte[] hash) => Hash.AsSpan().SequenceEqual(hash);
}
