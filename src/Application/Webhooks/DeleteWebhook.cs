using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Webhooks;

namespace Shop.Application.Webhooks;

/// <summary>Ends a subscription. Its deliveries go with it; what waits is not sent any more.</summary>
/// <param name="Id">Which subscription.</param>
/// <param name="Expected">The version that the caller has seen.</param>
[Access(Who.Admin)]
public sealed record DeleteWebhook(long Id, ExpectedVersion? Expected) : ICommand;

internal sealed class DeleteWebhookHandler(IRepository<WebhookSubscription> webhooks) : IRequestHandler<DeleteWebhook, Result>
{
    public async Task<Result> Handle(DeleteWebhook command, CancellationToken cancellationToken)
    {
        var found = await webhooks.FindToEditAsync(command.Id, command.Expected, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        webhooks.Remove(found.Value);
        return Result.Ok;
    }
}
