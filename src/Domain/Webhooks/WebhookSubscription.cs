using Shop.Domain.Common;

namespace Shop.Domain.Webhooks;

/// <summary>An address of another system that is sent the events it wants.</summary>
public sealed class WebhookSubscription : AggregateRoot
{
    /// <summary>The longest address.</summary>
    public const int MaxUrlLength = 2_000;

    /// <summary>How long the secret before the present one still signs beside it.</summary>
    public static readonly TimeSpan SecretOverlap = TimeSpan.FromHours(24);

    private WebhookSubscription()
    {
    }

    /// <summary>Where events are sent: http or https.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The types of events that it wants, sorted, each once.</summary>
    public IReadOnlyList<string> EventTypes { get; private set; } = [];

    /// <summary>Whether it is sent anything.</summary>
    public bool IsActive { get; private set; }

    /// <summary>The secret that signs, protected: it is stored because signing needs it.</summary>
    public string ProtectedSecret { get; private set; } = "";

    /// <summary>The secret before it, protected; null when there is none.</summary>
    public string? ProtectedOldSecret { get; private set; }

    /// <summary>Until when the secret before signs too, UTC; null when there is none.</summary>
    public DateTimeOffset? OldSecretEndsAt { get; private set; }

    /// <summary>A new subscription.</summary>
    /// <param name="url">Where to: an http or https address of at most <see cref="MaxUrlLength"/> characters.</param>
    /// <param name="eventTypes">What it wants; of <see cref="Common.EventTypes.All"/>.</param>
    /// <param name="isActive">Whether it is sent anything.</param>
    /// <param name="protectedSecret">The secret that signs, protected.</param>
    /// <param name="now">The present, UTC.</param>
    public static WebhookSubscription Create(
        string url, IEnumerable<string> eventTypes, bool isActive, string protectedSecret, DateTimeOffset now)
    {
        var subscription = new WebhookSubscription { ProtectedSecret = protectedSecret, CreatedAt = now };
        subscription.Edit(url, eventTypes, isActive, now);
        return subscription;
    }

    /// <summary>Changes where it is sent what.</summary>
    /// <param name="url">Where to.</param>
    /// <param name="eventTypes">What it wants.</param>
    /// <param name="isActive">Whether it is sent anything.</param>
    /// <param name="now">The present, UTC.</param>
    public void Edit(string url, IEnumerable<string> eventTypes, bool isActive, DateTimeOffset now) =>
        (Url, EventTypes, IsActive, UpdatedAt) = (url, [.. eventTypes.Distinct().Order(StringComparer.Ordinal)], isActive, now);

    /// <summary>Signs with a new secret; the present one signs beside it for <see cref="SecretOverlap"/>, the one before that no longer.</summary>
    /// <param name="protectedSecret">The new secret, protected.</param>
    /// <param name="now">The present, UTC.</param>
    public void RotateSecret(string protectedSecret, DateTimeOffset now) =>
        (ProtectedOldSecret, OldSecretEndsAt, ProtectedSecret, UpdatedAt) = (ProtectedSecret, now + SecretOverlap, protectedSecret, now);

    /// <summary>The receiver does not want anything any more.</summary>
    /// <param name="now">The present, UTC.</param>
    public void Disable(DateTimeOffset now) => (IsActive, UpdatedAt) = (false, now);

    /// <summary>The secrets that sign at a moment, protected, the present one first.</summary>
    /// <param name="now">The moment, UTC.</param>
    public IReadOnlyList<string> ProtectedSecretsAt(DateTimeOffset now) =>
        ProtectedOldSecret is { } old && now < OldSecretEndsAt ? [ProtectedSecret, old] : [ProtectedSecret];
}
