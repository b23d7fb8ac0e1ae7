using Microsoft.AspNetCore.Http.Features;
using Shop.Application.Abstractions;
using Shop.Domain.Common;

namespace Shop.WebApi.Http.Idempotency;

/// <summary>
/// Answers a request that comes again under its <c>Idempotency-Key</c> with its first answer, where the command asks somebody outside and so
/// can't run in one transaction. The key is stored before, with a lease and a claim; the command stores what it makes under that claim.
/// Whoever comes when the lease has run out unanswered sends the command again under the same claim, and gets what became of it.
/// </summary>
internal sealed class LeasedIdempotencyFilter(IUnitOfWork unitOfWork, IIdempotencyKeys keys, ICurrentUser caller) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.Request.Headers.TryGetValue(IdempotencyHeader.Name, out var header))
        {
            return await next(context);
        }

        if (!IdempotencyHeader.IsWellFormed(header))
        {
            return new Problem(IdempotencyHeader.Malformed);
        }

        var (userId, key, request) = (caller.RequiredId, header.ToString(), http.Features.GetRequiredFeature<RequestFingerprint>());
        await keys.PurgeAsync(http.RequestAborted);
        var begun = await unitOfWork.ExecuteAsync(() => BeginAsync(userId, key, request, http.RequestAborted), http.RequestAborted);
        if (begun.IsFailure)
        {
            return new Problem(begun.Error);
        }

        if (begun.Value.Kept is { } kept)
        {
            return kept;
        }

        var claim = begun.Value.Claim!;
        http.Features.Set(new KeyLease(claim, begun.Value.IsRepeat));
        RenderedAnswer? answer = null;
        try
        {
            answer = await RenderedAnswer.OfAsync(http, () => next(context));
            return begun.Value.IsRepeat && IsOpen(answer) ? new Problem(IdempotencyHeader.InFlight) : answer;
        }
        finally
        {
            await EndAsync(userId, key, claim, request, answer);
        }
    }

    private async Task<Result<Begun>> BeginAsync(long userId, string key, RequestFingerprint request, CancellationToken cancellationToken)
    {
        if (!await keys.TryClaimAsync(userId, key, cancellationToken))
        {
            return IdempotencyHeader.InFlight;
        }

        var known = await keys.FindAsync(userId, key, cancellationToken);
        if (known is not null && (!known.IsInFlight || !request.Matches(known.RequestHash)))
        {
            return request.Matches(known.RequestHash) ? new Begun(Claim: null, RenderedAnswer.Replay(known)) : IdempotencyHeader.Reused;
        }

        var lease = await keys.LeaseAsync(userId, key, request.Hash, known, cancellationToken);
        return lease.IsTaken ? new Begun(lease.Claim, IsRepeat: known is not null) : IdempotencyHeader.InFlight;
    }

    /// <summary>Whether it tells no outcome yet: a crash, or 202, which only the first to ask is told; whoever asks again is told to wait for the outcome.</summary>
    private static bool IsOpen(RenderedAnswer? answer) => answer is null or { Status: StatusCodes.Status202Accepted };

    /// <summary>2xx and 402 are kept. A key without an outcome stays with its claim; after any other answer it is unused again.</summary>
    private Task EndAsync(long userId, string key, string claim, RequestFingerprint request, RenderedAnswer? answer)
    {
        var open = IsOpen(answer);
        var keeps = !open && answer!.Status is (>= 200 and < 300) or StatusCodes.Status402PaymentRequired;
        return keys.EndLeaseAsync(userId, key, claim, keeps ? answer!.ToKept(request) : null, forget: !open && !keeps, CancellationToken.None);
    }

    /// <summary>The claim to work under, perhaps that of an earlier request, or the answer that was kept.</summary>
    private sealed record Begun(string? Claim, RenderedAnswer? Kept = null, bool IsRepeat = false);
}

/// <summary>What a request's work is known by while its idempotency key is leased.</summary>
/// <param name="Claim">Unique, and the same when the request comes again under the same key: a provider is asked under it for a payment or refund.</param>
/// <param name="IsRepeat">Whether work may have been done under the claim before.</param>
internal sealed record KeyLease(string Claim, bool IsRepeat)
{
    /// <summary>A request's lease; for a request without an idempotency key a new claim, which nothing has to store.</summary>
    public static KeyLease Of(HttpContext http) => http.Features.Get<KeyLease>() ?? new KeyLease(Guid.NewGuid().ToString("N"), IsRepeat: false);
}
