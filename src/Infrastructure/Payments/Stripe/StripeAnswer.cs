using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Payments.Stripe;

/// <summary>What Stripe answered to one call.</summary>
internal sealed class StripeAnswer(string call, HttpStatusCode status, byte[] body)
{
    private const HttpStatusCode FirstRefusal = HttpStatusCode.BadRequest;

    public HttpStatusCode Status => status;

    /// <summary>Stripe's name for the request, to ask its support about.</summary>
    public string? RequestId { get; init; }

    /// <summary>Stripe's advice whether to try again, where it gives one.</summary>
    public bool? ShouldRetry { get; init; }

    /// <summary>How long Stripe wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether an earlier try of the same call may have gone through, although this one was refused.</summary>
    public bool InDoubt { get; set; }

    public bool IsSuccess => status is >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous;

    /// <summary>A refusal that says for sure that nothing was done, or why; the rest tells nothing.</summary>
    public bool IsRefusal => status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.PaymentRequired
        or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests;

    /// <summary>Why it was refused, as far as the body says.</summary>
    public StripeError? Error { get; } = status >= FirstRefusal ? ErrorIn(body) : null;

    /// <summary>Whether the object that was named does not exist; a wrong address answers 404 without this code.</summary>
    public bool IsMissing => Error?.Code == "resource_missing";

    /// <summary>Reads the body of a success.</summary>
    /// <exception cref="PaymentOutcomeUnknownException">It is not what the documentation says.</exception>
    public T Read<T>(JsonTypeInfo<T> shape)
    {
        try
        {
            return JsonSerializer.Deserialize(body, shape) ?? throw Unclear("holds nothing");
        }
        catch (JsonException exception)
        {
            throw Unclear("can't be read", exception);
        }
    }

    /// <summary>A refusal as an exception: the outcome is unknown where an earlier try, or an earlier call under the same key, may have gone through.</summary>
    public Exception Refused() => InDoubt || Error?.Type == "idempotency_error"
        ? new PaymentOutcomeUnknownException($"Stripe refused {Description}, but an earlier request under the same key may have gone through.")
        : new PaymentProviderException($"Stripe refused {Description}.");

    /// <summary>An answer that does not say what became of the call.</summary>
    /// <param name="what">What the answer does, or lacks.</param>
    /// <param name="innerException">What it was seen by, or null.</param>
    public PaymentOutcomeUnknownException Unclear(string what, Exception? innerException = null) =>
        new($"Stripe's answer to {Description} {what}.", innerException);

    private string Description => $"{call} ({string.Join(", ", Facts())})";

    private IEnumerable<string> Facts()
    {
        yield return $"{(int)status}";
        foreach (var fact in new[] { Error?.Type, Error?.Code, Error?.Param, RequestId })
        {
            if (fact is not null)
                yield return fact;
        }
    }

    private static StripeError? ErrorIn(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, StripeJson.Default.StripeErrorBody)?.Error;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
