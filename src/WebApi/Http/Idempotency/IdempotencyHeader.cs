using Microsoft.Extensions.Primitives;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.WebApi.Http.Idempotency;

/// <summary>Marks a route that honours <c>Idempotency-Key</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class IdempotentAttribute : Attribute;

/// <summary>The <c>Idempotency-Key</c> header.</summary>
internal static class IdempotencyHeader
{
    public const string Name = "Idempotency-Key";
    public const string Replayed = "Idempotent-Replayed";

    public const int MaxLength = 255;

    public static Error Malformed { get; } =
        ValidationErrors.Of("idempotency_key", $"Give one Idempotency-Key of 1 to {MaxLength} visible ASCII characters, or none.");

    public static Error Reused { get; } = new(
        ErrorKind.Contradiction, "idempotency_key_reused", "This Idempotency-Key came with another request before; take a new key for a new request.");

    public static Error InFlight { get; } = new(
        ErrorKind.Conflict, "idempotency_in_flight", "The first request with this Idempotency-Key is still at work; ask again for its answer.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    /// <summary>Lets a route be sent again safely; for signed-in callers, whose command runs in one transaction.</summary>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder route) =>
        route.WithMetadata(new IdempotentAttribute()).AddEndpointFilter<IdempotencyFilter>();

    /// <summary>Lets a route be sent again safely whose command manages its transactions itself, such as one that asks a payment provider.</summary>
    public static RouteHandlerBuilder IdempotentByLease(this RouteHandlerBuilder route) =>
        route.WithMetadata(new IdempotentAttribute()).AddEndpointFilter<LeasedIdempotencyFilter>();

    public static bool IsWellFormed(StringValues header) =>
        header is [{ Length: >= 1 and <= MaxLength } key] && key.All(c => c is >= '!' and <= '~');
}
