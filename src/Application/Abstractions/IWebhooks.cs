namespace Shop.Application.Abstractions;

/// <summary>Makes secrets that deliveries are signed with.</summary>
public interface IWebhookSecrets
{
    /// <summary>A new random secret.</summary>
    WebhookSecret Create();
}

/// <summary>A secret, to be shown once, and what is kept of it.</summary>
/// <param name="Text">What the receiver verifies with: <c>whsec_</c> and 43 characters, which are the key as they stand.</param>
/// <param name="Protected">The same, encrypted with the shop's keys.</param>
public sealed record WebhookSecret(string Text, string Protected);

/// <summary>What is on its way to subscriptions.</summary>
public interface IWebhookDeliveries
{
    /// <summary>Lets a delivery that is done or dead wait again, with all its time before it, unless its subscription is switched off.</summary>
    /// <param name="id">The delivery.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it waits because of this.</returns>
    Task<bool> ReviveAsync(long id, CancellationToken cancellationToken);
}
