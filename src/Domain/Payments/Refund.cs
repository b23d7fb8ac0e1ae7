using Shop.Domain.Common;

namespace Shop.Domain.Payments;

/// <summary>Money of a payment that is given back, in part or all.</summary>
public sealed class Refund : AggregateRoot, IDueWork
{
    /// <summary>The longest reason.</summary>
    public const int MaxReasonLength = 500;

    private Refund()
    {
    }

    /// <summary>What is given back from.</summary>
    public long PaymentId { get; private set; }

    /// <summary>The order that was paid.</summary>
    public long OrderId { get; private set; }

    /// <summary>How much, above zero.</summary>
    public Money Amount { get; private set; }

    /// <summary>Why, in an admin's words, or one of <see cref="RefundReasons"/>.</summary>
    public string Reason { get; private set; } = null!;

    /// <summary>Where it stands.</summary>
    public RefundStatus Status { get; private set; }

    /// <summary>Whether the stock that the order holds is given back with it.</summary>
    public bool Restock { get; private set; }

    /// <summary>The idempotency key that the provider is asked under; unique.</summary>
    public string Key { get; private set; } = null!;

    /// <inheritdoc />
    public DateTimeOffset? DueAt { get; private set; }

    /// <inheritdoc />
    public int Tries { get; private set; }

    /// <summary>A refund that the provider is about to be asked for; its amount has been set aside.</summary>
    /// <param name="payment">What is given back from.</param>
    /// <param name="details">How much, why and how.</param>
    /// <param name="key">The idempotency key, used for nothing else.</param>
    /// <param name="dueAt">When the sweeper looks at it: the present, or the end of a lease.</param>
    /// <param name="now">The present, UTC.</param>
    public static Refund Begin(Payment payment, RefundDetails details, string key, DateTimeOffset dueAt, DateTimeOffset now) => new()
    {
        PaymentId = payment.Id,
        OrderId = payment.OrderId,
        Amount = details.Amount,
        Reason = details.Reason,
        Restock = details.Restock,
        Key = key,
        DueAt = dueAt,
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>The provider gave it back, or will for certain.</summary>
    /// <param name="now">The present, UTC.</param>
    public void Succeed(DateTimeOffset now)
    {
        End(RefundStatus.Succeeded, now);
        Raise(new RefundSucceeded(this, now));
    }

    /// <summary>The provider did not.</summary>
    /// <param name="now">The present, UTC.</param>
    public void Fail(DateTimeOffset now) => End(RefundStatus.Failed, now);

    private void End(RefundStatus status, DateTimeOffset now)
    {
        if (Status != RefundStatus.Pending)
        {
            throw new InvalidOperationException($"Refund {Id} is {Status} and can't become {status}.");
        }

        (Status, DueAt, UpdatedAt) = (status, null, now);
    }
}

/// <summary>What a refund is to be.</summary>
/// <param name="Amount">How much, above zero.</param>
/// <param name="Reason">Why.</param>
/// <param name="Restock">Whether the stock that the order holds is given back with it.</param>
public sealed record RefundDetails(Money Amount, string Reason, bool Restock);

/// <summary>Where a refund stands.</summary>
public enum RefundStatus
{
    /// <summary>The provider is being asked, or its answer is not known yet.</summary>
    Pending,

    /// <summary>The money was given back.</summary>
    Succeeded,

    /// <summary>It was not; the money is still the shop's.</summary>
    Failed,
}

/// <summary>Why the shop gives money back by itself.</summary>
public static class RefundReasons
{
    /// <summary>The order was cancelled, before or while it was paid.</summary>
    public const string Cancelled = "order_cancelled";

    /// <summary>An admin set the order to refunded.</summary>
    public const string Refunded = "order_refunded";
}
