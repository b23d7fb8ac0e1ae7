using Shop.Domain.Common;

namespace Shop.Application.Abstractions;

/// <summary>
/// A payment provider. It is asked outside any database transaction, and every call that moves money carries a key that was stored before:
/// the same key moves the same money once, however often it is sent.
/// </summary>
/// <remarks>
/// Every method but <see cref="ReadWebhook"/> throws <see cref="PaymentOutcomeUnknownException"/> when nobody can tell whether the provider did what it
/// was asked to (<see cref="FindAsync"/> finds out), and <see cref="PaymentProviderException"/> when it surely did not: wrong credentials, a limit, a refused request.
/// </remarks>
public interface IPaymentGateway
{
    /// <summary>Its name, as configured and as stored with every payment: <c>sandbox</c>, <c>stripe</c>.</summary>
    string Provider { get; }

    /// <summary>Reserves an amount on the buyer's method, without taking it. A decline is an answer, not an exception.</summary>
    /// <param name="charge">What for, and how much.</param>
    /// <param name="cancellationToken">Gives up waiting; what the provider did then is unknown.</param>
    Task<GatewayPayment> AuthorizeAsync(GatewayCharge charge, CancellationToken cancellationToken);

    /// <summary>Takes what was reserved, all of it.</summary>
    /// <param name="reference">The provider's name for the payment.</param>
    /// <param name="key">The key of this call, stored before.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<GatewayPayment> CaptureAsync(string reference, string key, CancellationToken cancellationToken);

    /// <summary>Lets go of what was reserved; refused by the provider once it is captured.</summary>
    /// <param name="reference">The provider's name for the payment.</param>
    /// <param name="key">The key of this call, stored before.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<GatewayPayment> VoidAsync(string reference, string key, CancellationToken cancellationToken);

    /// <summary>Gives back captured money, in part or all.</summary>
    /// <param name="reference">The provider's name for the payment.</param>
    /// <param name="amount">How much, above zero.</param>
    /// <param name="key">The key of this call, stored before.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<GatewayRefund> RefundAsync(string reference, Money amount, string key, CancellationToken cancellationToken);

    /// <summary>Looks a payment up: the provider's word decides what became of it.</summary>
    /// <param name="query">What is known of it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Null when the provider knows no such payment.</returns>
    Task<GatewayPayment?> FindAsync(GatewayQuery query, CancellationToken cancellationToken);

    /// <summary>Looks a refund up by the key under which it was asked for.</summary>
    /// <param name="reference">The provider's name for the payment.</param>
    /// <param name="key">The refund's key.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Null when the provider knows no such refund.</returns>
    Task<GatewayRefund?> FindRefundAsync(string reference, string key, CancellationToken cancellationToken);

    /// <summary>Checks a webhook's signature over its raw bytes, and reads what it says. Touches nothing outside.</summary>
    /// <param name="body">The raw body.</param>
    /// <param name="header">Gives a request header's value, or null.</param>
    /// <returns>Refused (400) when signature or body is wrong.</returns>
    Result<GatewayEvent> ReadWebhook(ReadOnlyMemory<byte> body, Func<string, string?> header);
}

/// <summary>A payment to ask for.</summary>
/// <param name="Key">The idempotency key, stored before; also written to the provider's metadata, so that the payment can be found by it.</param>
/// <param name="PaymentId">The shop's payment.</param>
/// <param name="OrderId">The order that is paid.</param>
/// <param name="Amount">How much, above zero.</param>
/// <param name="Currency">ISO 4217, upper case.</param>
/// <param name="Method">The token of the buyer's payment method; never card data.</param>
public sealed record GatewayCharge(string Key, long PaymentId, long OrderId, Money Amount, string Currency, string Method);

/// <summary>What is known of a payment that is looked up.</summary>
/// <param name="Key">The key under which it was asked for.</param>
/// <param name="Reference">The provider's name for it, if it was ever heard.</param>
/// <param name="AskedAt">When it was asked for, UTC.</param>
public sealed record GatewayQuery(string Key, string? Reference, DateTimeOffset AskedAt);

/// <summary>A payment as the provider has it.</summary>
/// <param name="Reference">The provider's name for it; null only where it declined without making a payment of it, as it does of a method that it does not know.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Amount">What was reserved or taken.</param>
/// <param name="Refunded">What of it was given back.</param>
/// <param name="DeclineReason">The provider's stable word for why it was declined, or null.</param>
public sealed record GatewayPayment(string? Reference, GatewayStatus Status, Money Amount, Money Refunded, string? DeclineReason = null);

/// <summary>Where a payment stands at its provider.</summary>
public enum GatewayStatus
{
    /// <summary>The provider has not decided yet, or waits for the buyer.</summary>
    Pending,

    /// <summary>Reserved, not taken.</summary>
    Authorized,

    /// <summary>Taken.</summary>
    Captured,

    /// <summary>Let go; nothing was taken.</summary>
    Voided,

    /// <summary>Refused; nothing was taken.</summary>
    Declined,
}

/// <summary>A refund as the provider has it.</summary>
/// <param name="Reference">The provider's name for it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Amount">How much is given back.</param>
public sealed record GatewayRefund(string Reference, GatewayRefundStatus Status, Money Amount);

/// <summary>Where a refund stands at its provider.</summary>
public enum GatewayRefundStatus
{
    /// <summary>Accepted, under way.</summary>
    Pending,

    /// <summary>Given back.</summary>
    Done,

    /// <summary>It came to nothing; the money is still the shop's.</summary>
    Failed,
}

/// <summary>What a provider says of its own accord. It is only a hint to look the payment up: events come late, twice and out of order.</summary>
/// <param name="Id">The event's id at the provider; each is handled once.</param>
/// <param name="Type">The provider's name for what happened.</param>
/// <param name="Reference">The payment that it is about, or null when it is about something that the shop does not follow.</param>
/// <param name="Key">The key of the payment, from the provider's metadata, or null.</param>
public sealed record GatewayEvent(string Id, string Type, string? Reference, string? Key);

/// <summary>The provider did not answer, or not clearly: whether money moved has to be looked up.</summary>
public sealed class PaymentOutcomeUnknownException : Exception
{
    /// <summary>An unknown outcome.</summary>
    /// <param name="message">What happened, without secrets.</param>
    /// <param name="innerException">What it was seen by, or null.</param>
    public PaymentOutcomeUnknownException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>The provider refused the request itself, so no money moved: wrong credentials, a limit, an outage that it admits.</summary>
public sealed class PaymentProviderException : Exception
{
    /// <summary>A refused request.</summary>
    /// <param name="message">What the provider said, without secrets.</param>
    /// <param name="innerException">What it was seen by, or null.</param>
    public PaymentProviderException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
