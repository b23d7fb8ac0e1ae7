using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Webhooks;

namespace Shop.Application.Webhooks;

/// <summary>Changes what is given of a subscription. What waits for it goes to the new address.</summary>
[Access(Who.Admin)]
public sealed record UpdateWebhook : ICommand
{
    /// <summary>Which subscription.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The version that the caller has seen.</summary>
    [JsonIgnore]
    public ExpectedVersion? Expected { get; init; }

    /// <summary>Where events are sent: an http or https address without a name or password in it, up to 2,000 characters.</summary>
    public Optional<string> Url { get; init; }

    /// <summary>The types of events that are sent, at least one.</summary>
    public Optional<IReadOnlyList<string>> Events { get; init; }

    /// <summary>Whether anything is sent.</summary>
    public Optional<bool> Active { get; init; }

    /// <summary>The subscription as it would be, in the shape of a whole one.</summary>
    /// <param name="webhook">The subscription as it is.</param>
    internal ReplaceWebhook Onto(WebhookSubscription webhook) => new()
    {
        Url = Url.Or(webhook.Url),
        Events = Events.Or(webhook.EventTypes),
        Active = Active.Or(webhook.IsActive),
    };
}

internal sealed class UpdateWebhookRules : AbstractValidator<UpdateWebhook>
{
    private static readonly WebhookSubscription Valid =
        WebhookSubscription.Create("https://example.org", [EventTypes.All[0]], isActive: true, "", DateTimeOffset.MinValue);

    public UpdateWebhookRules() =>
        RuleFor(command => command.Onto(Valid)).SetValidator(new WebhookInputRules()).OverridePropertyName("");
}

internal sealed class UpdateWebhookHandler(IRepository<WebhookSubscription> webhooks, TimeProvider clock)
    : IRequestHandler<UpdateWebhook, Result>
{
    public async Task<Result> Handle(UpdateWebhook command, CancellationToken cancellationToken)
    {
        var found = await webhooks.FindToEditAsync(command.Id, command.Expected, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var input = command.Onto(found.Value);
        found.Value.Edit(input.Url!, input.Events!, input.Active!.Value, clock.GetUtcNow());
        return Result.Ok;
    }
}
