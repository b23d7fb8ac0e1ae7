using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Domain.Payments;

/// <summary>An attempt to pay an order, in full. An order has at most one that is pending or captured.</summary>
public sealed class Payment : AggregateRoot, IDueWork
{
    /// <summary>The longest name of a provider.</summary>
    public const int MaxProviderLength = 20;

    /// <summary>The longest reference that a provider gives.</summary>
    public const int MaxReferenceLength = 255;

    /// <summary>The longest key.</summary>
    public const int MaxKeyLength = 64;

    /// <summary>The longest reason of a decline.</summary>
    public const int MaxReasonLength = 100;

    /// <summary>How long a provider may leave a payment undecided: cards are decided in seconds, and meanwhile the buyer can pay in no other way.</summary>
    public static readonly TimeSpan LongestPending = TimeSpan.FromHours(2);

    /// <summary>
    /// How long a payment that its provider did not know is looked up again: a request that was under way when it was looked up first shows within
    /// minutes, and one that a process which stood still sends afterwards, when that process goes on.
    /// </summary>
    public static readonly TimeSpan Watch = TimeSpan.FromHours(2);

    private Payment()
    {
    }

    /// <summary>What is paid.</summary>
    public long OrderId { get; private set; }

    /// <summary>What is paid.</summary>
    public Order? Order { get; private set; }

    /// <summary>Where it stands.</summary>
    public PaymentStatus Status { get; private set; }

    /// <summary>The order's total.</summary>
    public Money Amount { get; private set; }

    /// <summary>What of it was given back or is being given back; never more than the amount.</summary>
    public Money Refunded { get; private set; }

    /// <summary>Who takes the money: a provider's name, or one of <see cref="PaymentProviders"/>.</summary>
    public string Provider { get; private set; } = null!;

    /// <summary>The provider's name for it; null until it is heard.</summary>
    public string? ProviderReference { get; private set; }

    /// <summary>The idempotency key that the provider is asked under; unique.</summary>
    public string Key { get; private set; } = null!;

    /// <summary>The provider's word for why it was declined, or null.</summary>
    public string? DeclineReason { get; private set; }

    /// <inheritdoc />
    public DateTimeOffset? DueAt { get; private set; }

    /// <inheritdoc />
    public int Tries { get; private set; }

    /// <summary>What can still be given back.</summary>
    public Money Left => Status == PaymentStatus.Captured ? Money.From(Amount - Refunded) : Money.Zero;

    /// <summary>A payment that a provider is about to be asked for.</summary>
    /// <param name="orderId">What is paid.</param>
    /// <param name="amount">The order's total, above zero.</param>
    /// <param name="provider">Who is asked.</param>
    /// <param name="key">The idempotency key, used for nothing else.</param>
    /// <param name="now">The present, UTC.</param>
    public static Payment Begin(long orderId, Money amount, string provider, string key, DateTimeOffset now) => new()
    {
        OrderId = orderId,
        Amount = amount,
        Provider = provider,
        Key = key,
        DueAt = now + IDueWork.Lease,
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>A payment that needs nobody to be asked: of nothing, or of money that came another way.</summary>
    /// <param name="orderId">What is paid.</param>
    /// <param name="amount">The order's total.</param>
    /// <param name="provider">One of <see cref="PaymentProviders"/>.</param>
    /// <param name="key">A key of its own.</param>
    /// <param name="now">The present, UTC.</param>
    public static Payment Received(long orderId, Money amount, string provider, string key, DateTimeOffset now)
    {
        var payment = Begin(orderId, amount, provider, key, now);
        (payment.Status, payment.DueAt) = (PaymentStatus.Captured, null);
        return payment;
    }

    /// <summary>The provider took the money.</summary>
    /// <param name="reference">Its name for the payment.</param>
    /// <param name="now">The present, UTC.</param>
    public void Capture(string reference, DateTimeOffset now) => End(PaymentStatus.Captured, reference, now);

    /// <summary>The provider declined.</summary>
    /// <param name="reference">Its name for the payment; null where it made none of it.</param>
    /// <param name="reason">Its word for why, or null.</param>
    /// <param name="now">The present, UTC.</param>
    public void Decline(string? reference, string? reason, DateTimeOffset now)
    {
        End(PaymentStatus.Declined, reference, now);
        DeclineReason = reason?[..Math.Min(reason.Length, MaxReasonLength)];
    }

    /// <summary>The reserved money was let go.</summary>
    /// <param name="reference">The provider's name for the payment.</param>
    /// <param name="now">The present, UTC.</param>
    public void Void(string reference, DateTimeOffset now) => End(PaymentStatus.Voided, reference, now);

    /// <summary>The provider never took it on: nothing was charged.</summary>
    /// <param name="watched">Whether it is looked up again for some time, since a request that was under way may show later.</param>
    /// <param name="now">The present, UTC.</param>
    public void Fail(bool watched, DateTimeOffset now)
    {
        End(PaymentStatus.Failed, ProviderReference, now);
        DueAt = watched ? now + IDueWork.Lease : null;
    }

    /// <summary>The provider took the money after all, when the payment had ended without: it goes back, and stays due until it has.</summary>
    /// <param name="reference">The provider's name for the payment.</param>
    /// <param name="now">The present, UTC.</param>
    public void OweBack(string reference, DateTimeOffset now)
    {
        if (Status is PaymentStatus.Pending or PaymentStatus.Captured)
        {
            throw new InvalidOperationException($"Payment {Id} is {Status}; what it took is given back by a refund.");
        }

        (ProviderReference, DueAt, UpdatedAt) = (reference, now + IDueWork.Lease, now);
    }

    /// <summary>Sets money aside to be given back.</summary>
    /// <param name="amount">How much.</param>
    /// <param name="now">The present, UTC.</param>
    /// <returns>Refused when more is asked for than is left.</returns>
    public Result SetAside(Money amount, DateTimeOffset now)
    {
        if (amount > Left || Left == Money.Zero)
        {
            return PaymentErrors.RefundTooLarge(Left);
        }

        (Refunded, UpdatedAt) = (Money.From(Refunded + amount), now);
        return Result.Ok;
    }

    /// <summary>A refund came to nothing: the money is the shop's again.</summary>
    /// <param name="amount">What was set aside for it.</param>
    /// <param name="now">The present, UTC.</param>
    public void Keep(Money amount, DateTimeOffset now) => (Refunded, UpdatedAt) = (Money.From(Refunded - amount), now);

    private void End(PaymentStatus status, string? reference, DateTimeOffset now)
    {
        if (Status != PaymentStatus.Pending)
        {
            throw new InvalidOperationException($"Payment {Id} is {Status} and can't become {status}.");
        }

        (Status, ProviderReference, DueAt, UpdatedAt) = (status, reference, null, now);
    }
}

/// <summary>Where a payment stands.</summary>
public enum PaymentStatus
{
    /// <summary>The provider is being asked, or its answer is not known yet.</summary>
    Pending,

    /// <summary>The money was taken.</summary>
    Captured,

    /// <summary>The provider declined; nothing was taken.</summary>
    Declined,

    /// <summary>The provider could not be asked; nothing was taken.</summary>
    Failed,

    /// <summary>The money was reserved and let go; nothing was taken.</summary>
    Voided,
}

/// <summary>What stands for a provider where none is asked.</summary>
public static class PaymentProviders
{
    /// <summary>Nothing was to be paid.</summary>
    public const string None = "none";

    /// <summary>An admin saw the money come in: cash, a bank transfer.</summary>
    public const string Manual = "manual";

    /// <summary>Whether nobody is asked, neither for the money nor to give it back.</summary>
    /// <param name="provider">A payment's provider.</param>
    public static bool IsNobody(string provider) => provider is None or Manual;
}
