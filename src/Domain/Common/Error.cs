namespace Shop.Domain.Common;

/// <summary>Why a request is refused; each kind has one HTTP status.</summary>
public enum ErrorKind
{
    /// <summary>The input is malformed, out of range, or refers to something that does not exist (400).</summary>
    Invalid,

    /// <summary>Nobody is signed in, or the credentials are wrong (401).</summary>
    Unauthenticated,

    /// <summary>The payment provider declined (402).</summary>
    PaymentDeclined,

    /// <summary>It is public, but not the caller's to change (403).</summary>
    Forbidden,

    /// <summary>There is no such thing, or it is private and somebody else's (404).</summary>
    NotFound,

    /// <summary>A rule of the domain says no in the present state (409).</summary>
    Conflict,

    /// <summary>The caller's <c>If-Match</c> names a version that is no longer the current one (412).</summary>
    Stale,

    /// <summary>The request is well formed but contradicts an earlier one, such as a reused idempotency key (422).</summary>
    Contradiction,

    /// <summary>Too many requests or attempts; <see cref="Error.RetryAfter"/> says when to come back (429).</summary>
    TooMany,

    /// <summary>Something that the shop needs does not answer; it has nothing to do with the request (503).</summary>
    Unavailable,
}

/// <summary>An expected refusal. Kept beside the aggregate whose rule it states; exceptions are for bugs and lost connections.</summary>
/// <param name="Kind">Decides the HTTP status.</param>
/// <param name="Code">Stable and machine readable, snake_case: <c>insufficient_stock</c>.</param>
/// <param name="Detail">One sentence for a person that says what to do.</param>
public sealed record Error(ErrorKind Kind, string Code, string Detail)
{
    /// <summary>Messages by snake_case field name, when single fields are at fault.</summary>
    public IReadOnlyDictionary<string, string[]>? Fields { get; init; }

    /// <summary>Further facts that the answer carries beside the standard members, by snake_case name.</summary>
    public IReadOnlyDictionary<string, object>? Facts { get; init; }

    /// <summary>How long to wait before trying again, when waiting helps.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>An input that is wrong in one field.</summary>
    /// <param name="field">The field's snake_case name.</param>
    /// <param name="code">The stable code.</param>
    /// <param name="message">What to do.</param>
    public static Error InvalidField(string field, string code, string message) =>
        new(ErrorKind.Invalid, code, message) { Fields = new Dictionary<string, string[]> { [field] = [message] } };
}
