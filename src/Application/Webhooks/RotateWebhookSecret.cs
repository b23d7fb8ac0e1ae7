using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Webhooks;

namespace Shop.Application.Webhooks;

/// <summary>
/// Gives a subscription a new secret. For 24 hours deliveries carry two signatures, of the new and of the old secret, so that the receiver
/// can change over; an even older one ends at once.
/// </summary>
/// <param name="Id">Which subscription.</param>
[Access(Who.Admin)]
public sealed record RotateWebhookSecret(long Id) : ICommand<WebhookSecretAnswer>;

/// <summary>A new secret.</summary>
public sealed record WebhookSecretAnswer
{
    /// <summary>What deliveries are signed with from now on; it is shown this once.</summary>
    public required string Secret { get; init; }

    /// <summary>Until when the old secret signs too, UTC.</summary>
    public required DateTimeOffset OldSecretEndsAt { get; init; }
}

internal sealed class RotateWebhookSecretHandler(IRepository<WebhookSubscription> webhooks, IWebhookSecrets secrets, TimeProvider clock)
    : IRequestHandler<RotateWebhookSecret, Result<WebhookSecretAnswer>>
{
    public async Task<Result<WebhookSecretAnswer>> Handle(RotateWebhookSecret command, CancellationToken cancellationToken)
    {
        var found = await webhooks.FindToEditAsync(command.Id, expected: null, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var secret = secrets.Create();
        found.Value.RotateSecret(secret.Protected, clock.GetUtcNow());
        return new WebhookSecretAnswer { Secret = secret.Text, OldSecretEndsAt = found.Value.OldSecretEndsAt!.Value };
    }
}
