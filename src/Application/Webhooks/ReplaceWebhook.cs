using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Webhooks;

namespace Shop.Application.Webhooks;

/// <summary>Replaces a subscription; its secret stays. What waits for it goes to the new address.</summary>
[Access(Who.Admin)]
public sealed record ReplaceWebhook : ICommand, IWebhookInput
{
    /// <summary>Which subscription.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The version that the caller has seen.</summary>
    [JsonIgnore]
    public ExpectedVersion? Expected { get; init; }

    /// <inheritdoc />
    public string? Url { get; init; }

    /// <inheritdoc />
    public IReadOnlyList<string>? Events { get; init; }

    /// <inheritdoc />
    public bool? Active { get; init; }
}

internal sealed class ReplaceWebhookRules : AbstractValidator<ReplaceWebhook>
{
    public ReplaceWebhookRules() => Include(new WebhookInputRules());
}

internal sealed class ReplaceWebhookHandler(IRepository<WebhookSubscription> webhooks, TimeProvider clock)
    : IRequestHandler<ReplaceWebhook, Result>
{
    public async Task<Result> Handle(ReplaceWebhook command, CancellationToken cancellationToken)
    {
        var found = await webhooks.FindToEditAsync(command.Id, command.Expected, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        found.Value.Edit(command.Url!, command.Events!, command.Active ?? true, clock.GetUtcNow());
        return Result.Ok;
    }
}

internal static class WebhookLoading
{
    /// <summary>Loads and locks a subscription that the caller has seen as it is.</summary>
    public static async Task<Result<WebhookSubscription>> FindToEditAsync(
        this IRepository<WebhookSubscription> webhooks, long id, ExpectedVersion? expected, CancellationToken cancellationToken)
    {
        if (await webhooks.FindForUpdateAsync(WebhookSpecs.ById(id), cancellationToken) is not { } webhook)
        {
            return WebhookErrors.NotFound;
        }

        return ExpectedVersion.Refusal(expected, webhook) is { } stale ? stale : webhook;
    }
}
