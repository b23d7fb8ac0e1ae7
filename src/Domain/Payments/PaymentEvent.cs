using Shop.Domain.Common;

namespace Shop.Domain.Payments;

/// <summary>What a provider said of its own accord; stored once, worked later. It is only a hint to look the payment up.</summary>
public sealed class PaymentEvent : AggregateRoot, IDueWork
{
    /// <summary>The longest id and type.</summary>
    public const int MaxLength = 255;

    private PaymentEvent()
    {
    }

    /// <summary>Who said it.</summary>
    public string Provider { get; private set; } = null!;

    /// <summary>The event's id at the provider, unique there.</summary>
    public string EventId { get; private set; } = null!;

    /// <summary>The provider's name for what happened.</summary>
    public string Type { get; private set; } = null!;

    /// <summary>The provider's name for the payment, or null.</summary>
    public string? ProviderReference { get; private set; }

    /// <summary>The key of the payment, or null.</summary>
    public string? Key { get; private set; }

    /// <inheritdoc />
    public DateTimeOffset? DueAt { get; private set; }

    /// <inheritdoc />
    public int Tries { get; private set; }

    /// <summary>What just came in.</summary>
    /// <param name="provider">Who says it.</param>
    /// <param name="eventId">The event's id there.</param>
    /// <param name="type">What happened, in the provider's words.</param>
    /// <param name="reference">The payment's name there, or null.</param>
    /// <param name="key">The payment's key, or null.</param>
    /// <param name="now">The present, UTC.</param>
    public static PaymentEvent Receive(string provider, string eventId, string type, string? reference, string? key, DateTimeOffset now) => new()
    {
        Provider = provider,
        EventId = eventId,
        Type = type,
        ProviderReference = reference,
        Key = key,
        CreatedAt = now,
        UpdatedAt = now,
        DueAt = reference is null && key is null ? null : now,
    };
}
