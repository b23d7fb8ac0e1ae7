using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Outbox;
using Shop.Domain.Webhooks;
using Shop.Infrastructure.Outbox;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Webhooks;

/// <summary>Takes deliveries to one receiver at a time.</summary>
internal sealed partial class WebhookWorker(
    IServiceScopeFactory scopes, WebhookSender sender, WebhookSecrets secrets, TimeProvider clock, ILogger<WebhookWorker> log)
{
    /// <summary>No schedule has so many attempts; a delivery that has them ended the shop in the middle of them.</summary>
    public const int MaxAttempts = 100;

    /// <summary>How long a worker may be silent before another takes its deliveries over.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    /// <summary>The active subscriptions that have something due.</summary>
    public async Task<List<long>> FindBusyAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        var now = clock.GetUtcNow();
        return await db.Webhooks
            .Where(webhook => webhook.IsActive && db.WebhookDeliveries.Any(each =>
                each.WebhookId == webhook.Id && each.Status == DeliveryStatus.Waiting && each.NextAttemptAt <= now))
            .Select(webhook => webhook.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Claims what is due for a subscription and begins to send it.</summary>
    /// <param name="webhookId">The subscription.</param>
    /// <param name="count">How many deliveries at most.</param>
    /// <param name="cancellationToken">Gives up; what is begun goes on to its end.</param>
    /// <returns>What is begun; none when nothing is due.</returns>
    public async Task<IReadOnlyList<Task>> BeginAsync(long webhookId, int count, CancellationToken cancellationToken)
    {
        var (webhook, claimed) = await ClaimAsync(webhookId, count, cancellationToken);
        return [.. claimed.Select(delivery => DeliverAsync(delivery, webhook!, cancellationToken))];
    }

    /// <summary>
    /// The pause after a failed attempt: 5 seconds, then twice as long each time up to 6 hours, and up to a fifth more so that not all
    /// come at once.
    /// </summary>
    /// <param name="attempts">Attempts so far, from 1.</param>
    public static TimeSpan PauseAfter(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(FirstPause.TotalSeconds * Math.Pow(2, attempts - 1), LongestPause.TotalSeconds))
        * (1 + (Random.Shared.NextDouble() / 5));

    private async Task<(WebhookSubscription? Webhook, List<Delivery> Claimed)> ClaimAsync(
        long webhookId, int count, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        var webhook = await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(each => each.Id == webhookId && each.IsActive, cancellationToken);
        if (webhook is null)
        {
            return (null, []);
        }

        var (owner, now) = (Guid.NewGuid(), clock.GetUtcNow());
        var claimed = await scope.ServiceProvider.GetRequiredService<IWebhookClaims>()
            .ClaimAsync(webhookId, owner, now, now + Lease, count, cancellationToken);
        var rows = await db.WebhookDeliveries.AsNoTracking().Where(each => claimed.Contains(each.Id)).ToListAsync(cancellationToken);
        return (webhook, [.. rows.Select(row => new Delivery(row, owner))]);
    }

    /// <summary>A shop that stops waits for the answer: broken off, a delivery that the receiver has would be sent again.</summary>
    private async Task DeliverAsync(Delivery delivery, WebhookSubscription webhook, CancellationToken stopping)
    {
        WebhookOutcome outcome;
        try
        {
            outcome = await SendAsync(delivery.Row, webhook);
        }
        catch (Exception exception)
        {
            Broken(log, exception, delivery.Row.Id, webhook.Id);
            outcome = new WebhookOutcome(null, exception.Message);
        }

        await NoteAsync(delivery, webhook, outcome, stopping);
    }

    private Task<WebhookOutcome> SendAsync(WebhookDelivery delivery, WebhookSubscription webhook) =>
        delivery.Attempts > MaxAttempts
            ? Task.FromResult(new WebhookOutcome(null, "The shop ended in the middle of too many attempts."))
            : sender.SendAsync(
                new WebhookTarget(webhook.Url, [.. webhook.ProtectedSecretsAt(clock.GetUtcNow()).Select(secrets.Reveal)]), delivery.Body);

    private Task NoteAsync(Delivery delivery, WebhookSubscription webhook, WebhookOutcome outcome, CancellationToken stopping)
    {
        if (outcome.Error is null)
        {
            return LastingNote.WriteAsync(() => UpdateAsync(delivery, rows => FinishAsync(rows, DeliveryStatus.Done, outcome)), log, stopping);
        }

        Failed(log, delivery.Row.EventId, delivery.Row.EventType, webhook.Id, delivery.Row.Attempts, outcome.Error);
        return outcome.IsGone ? DisableAsync(delivery, webhook, outcome) : FailAsync(delivery, outcome);
    }

    private async Task FailAsync(Delivery delivery, WebhookOutcome outcome)
    {
        var (row, now) = (delivery.Row, clock.GetUtcNow());
        if (now >= row.GiveUpAt || row.Attempts > MaxAttempts)
        {
            await UpdateAsync(delivery, rows => FinishAsync(rows, DeliveryStatus.Dead, outcome));
            return;
        }

        var next = now + PauseAfter(row.Attempts);
        next = next < row.GiveUpAt ? next : row.GiveUpAt;
        if (await UpdateAsync(delivery, rows => PauseAsync(rows, next, outcome)) == 1)
        {
            await PauseFollowersAsync(row, next);
        }
    }

    /// <summary>What waits for this delivery anyway is not looked at before it: a backlog costs nothing while its receiver is away.</summary>
    private async Task PauseFollowersAsync(WebhookDelivery row, DateTimeOffset next)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ShopDbContext>().WebhookDeliveries
            .Where(each => each.WebhookId == row.WebhookId && each.Status == DeliveryStatus.Waiting && each.LeaseOwner == null
                && each.AggregateType == row.AggregateType && each.AggregateId == row.AggregateId
                && each.Sequence > row.Sequence && each.NextAttemptAt < next)
            .ExecuteUpdateAsync(follower => follower.SetProperty(each => each.NextAttemptAt, next));
    }

    /// <summary>Switches off the subscription that was sent to, unless it points elsewhere by now. What waits for it stays.</summary>
    private async Task DisableAsync(Delivery delivery, WebhookSubscription webhook, WebhookOutcome outcome)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        var webhooks = scope.ServiceProvider.GetRequiredService<IRepository<WebhookSubscription>>();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync(
            async () =>
            {
                var current = await webhooks.FindForUpdateAsync(WebhookSpecs.ById(webhook.Id), CancellationToken.None);
                if (await FinishAsync(delivery.Rows(db), DeliveryStatus.Dead, outcome) == 1 && current is { IsActive: true } && current.Url == webhook.Url)
                {
                    current.Disable(clock.GetUtcNow());
                }

                return Result.Ok;
            },
            CancellationToken.None,
            repeatsSafely: true);
    }

    private Task<int> FinishAsync(IQueryable<WebhookDelivery> rows, DeliveryStatus status, WebhookOutcome outcome) =>
        rows.ExecuteUpdateAsync(row => row
            .SetProperty(each => each.Status, status)
            .SetProperty(each => each.FinishedAt, clock.GetUtcNow())
            .SetProperty(each => each.LastStatus, outcome.Status)
            .SetProperty(each => each.LastError, Short(outcome.Error))
            .SetProperty(each => each.LeaseOwner, (Guid?)null));

    private static Task<int> PauseAsync(IQueryable<WebhookDelivery> rows, DateTimeOffset next, WebhookOutcome outcome) =>
        rows.ExecuteUpdateAsync(row => row
            .SetProperty(each => each.NextAttemptAt, next)
            .SetProperty(each => each.LastStatus, outcome.Status)
            .SetProperty(each => each.LastError, Short(outcome.Error))
            .SetProperty(each => each.LeaseOwner, (Guid?)null));

    private static string? Short(string? error) =>
        error is { Length: > WebhookDelivery.MaxErrorLength } ? error[..WebhookDelivery.MaxErrorLength] : error;

    /// <summary>Notes a result, unless another worker has taken the delivery over. A stopping shop still does.</summary>
    private async Task<int> UpdateAsync(Delivery delivery, Func<IQueryable<WebhookDelivery>, Task<int>> update)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await update(delivery.Rows(scope.ServiceProvider.GetRequiredService<ShopDbContext>()));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {EventId} ({Type}) did not reach webhook {WebhookId}, attempt {Attempt}: {Error}")]
    private static partial void Failed(ILogger log, Guid eventId, string type, long webhookId, int attempt, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {DeliveryId} of webhook {WebhookId} could not be sent.")]
    private static partial void Broken(ILogger log, Exception exception, long deliveryId, long webhookId);

    private sealed record Delivery(WebhookDelivery Row, Guid Owner)
    {
        public IQueryable<WebhookDelivery> Rows(ShopDbContext db) =>
            db.WebhookDeliveries.Where(each => each.Id == Row.Id && each.LeaseOwner == Owner && each.Status == DeliveryStatus.Waiting);
    }
}
