using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Webhooks;

namespace Shop.Application.Webhooks;

/// <summary>Subscribes another system to events, from now on.</summary>
[Access(Who.Admin)]
public sealed record CreateWebhook : ICommand<NewWebhookAnswer>, IWebhookInput
{
    /// <inheritdoc />
    public string? Url { get; init; }

    /// <inheritdoc />
    public IReadOnlyList<string>? Events { get; init; }

    /// <inheritdoc />
    public bool? Active { get; init; }
}

internal sealed class CreateWebhookRules : AbstractValidator<CreateWebhook>
{
    public CreateWebhookRules() => Include(new WebhookInputRules());
}

internal sealed class CreateWebhookHandler(IRepository<WebhookSubscription> webhooks, IWebhookSecrets secrets, TimeProvider clock)
    : IRequestHandler<CreateWebhook, Result<NewWebhookAnswer>>
{
    public async Task<Result<NewWebhookAnswer>> Handle(CreateWebhook command, CancellationToken cancellationToken)
    {
        var secret = secrets.Create();
        var webhook = WebhookSubscription.Create(
            command.Url!, command.Events!, command.Active ?? true, secret.Protected, clock.GetUtcNow());
        await webhooks.AddAsync(webhook, cancellationToken);
        return NewWebhookAnswer.Of(webhook, secret.Text);
    }
}
