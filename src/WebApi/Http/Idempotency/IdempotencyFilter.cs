using Microsoft.AspNetCore.Http.Features;
using Shop.Application.Abstractions;
using Shop.Domain.Common;

namespace Shop.WebApi.Http.Idempotency;

/// <summary>
/// Answers a request that comes again under its <c>Idempotency-Key</c> with its first answer. The endpoint runs inside a unit of work of
/// the filter's own, which its command joins; the answer is kept in it and sent only when it has been committed.
/// </summary>
internal sealed class IdempotencyFilter(IUnitOfWork unitOfWork, IIdempotencyKeys keys, ICurrentUser caller) : IEndpointFilter
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

        var cancellationToken = http.RequestAborted;
        var call = new Call(caller.RequiredId, header.ToString(), http.Features.GetRequiredFeature<RequestFingerprint>());
        await keys.PurgeAsync(cancellationToken);
        var outcome = await unitOfWork.ExecuteAsync(
            () => AnswerAsync(call, () => RenderedAnswer.OfAsync(http, () => next(context)), cancellationToken),
            cancellationToken,
            repeatsSafely: true);
        if (outcome is { Error: not null, Answer: { Status: StatusCodes.Status402PaymentRequired } declined })
        {
            outcome = await unitOfWork.ExecuteAsync(() => AnswerAsync(call, () => Task.FromResult(declined), cancellationToken, keeps: true), cancellationToken, repeatsSafely: true);
        }

        return outcome.Answer ?? (object)new Problem(outcome.Error!);
    }

    private async Task<Outcome> AnswerAsync(Call call, Func<Task<RenderedAnswer>> render, CancellationToken cancellationToken, bool keeps = false)
    {
        if (!await keys.TryClaimAsync(call.UserId, call.Key, cancellationToken))
        {
            return Outcome.Fail(IdempotencyHeader.InFlight);
        }

        if (await keys.FindAsync(call.UserId, call.Key, cancellationToken) is { } kept)
        {
            return kept.RequestHash.AsSpan().SequenceEqual(call.Request.Hash)
                ? new Outcome(RenderedAnswer.Replay(kept), Error: null)
                : Outcome.Fail(IdempotencyHeader.Reused);
        }

        var answer = await render();
        if (!keeps && answer.Status is < 200 or >= 300)
        {
            return new Outcome(answer, RolledBack);
        }

        await keys.KeepAsync(call.UserId, call.Key, answer.ToKept(call.Request), cancellationToken);
        return new Outcome(answer, Error: null);
    }

    /// <summary>Never seen: the answer that goes with it is.</summary>
    private static readonly Error RolledBack = new(ErrorKind.Conflict, "refused", "The endpoint refused.");

    private sealed record Call(long UserId, string Key, RequestFingerprint Request);

    /// <summary>What to answer, and whether to commit.</summary>
    private sealed record Outcome(RenderedAnswer? Answer, Error? Error) : IOutcome<Outcome>
    {
        public static Outcome Fail(Error error) => new(null, error);
    }
}
