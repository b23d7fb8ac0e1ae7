using System.Text.Json.Serialization;
using Shop.Application.Common;
using Shop.Application.Common.Mapping;
using Shop.Domain.Webhooks;

namespace Shop.Application.Webhooks;

/// <summary>A subscription to events. Its secret is not told again.</summary>
public sealed record WebhookAnswer : IVersioned
{
    /// <summary>The subscription's id.</summary>
    public required long Id { get; init; }

    /// <summary>Where events are sent.</summary>
    public required string Url { get; init; }

    /// <summary>The types of events that are sent.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Whether anything is sent; false too after a receiver has answered 410.</summary>
    public required bool Active { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last edited, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Counts the edits.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    [JsonIgnore]
    string IVersioned.VersionTag => VersionTag.Of(Version);

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<WebhookSubscription, WebhookAnswer>().ConvertUsing(webhook => new WebhookAnswer
        {
            Id = webhook.Id,
            Url = webhook.Url,
            Events = webhook.EventTypes,
            Active = webhook.IsActive,
            CreatedAt = webhook.CreatedAt,
            UpdatedAt = webhook.UpdatedAt,
            Version = webhook.Version,
        });
    }
}

/// <summary>A new subscription, with its secret.</summary>
public sealed record NewWebhookAnswer : IVersioned
{
    /// <summary>The subscription's id.</summary>
    public required long Id { get; init; }

    /// <summary>Where events are sent.</summary>
    public required string Url { get; init; }

    /// <summary>The types of events that are sent.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Whether anything is sent.</summary>
    public required bool Active { get; init; }

    /// <summary>What deliveries are signed with; the key is the whole text in UTF-8. It is shown this once.</summary>
    public required string Secret { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last edited, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Counts the edits.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    [JsonIgnore]
    string IVersioned.VersionTag => VersionTag.Of(Version);

    /// <summary>The answer about a subscription that was just made.</summary>
    internal static NewWebhookAnswer Of(WebhookSubscription webhook, string secret) => new()
    {
        Id = webhook.Id,
        Url = webhook.Url,
        Events = webhook.EventTypes,
        Active = webhook.IsActive,
        Secret = secret,
        CreatedAt = webhook.CreatedAt,
        UpdatedAt = webhook.UpdatedAt,
        Version = webhook.Version,
    };
}
