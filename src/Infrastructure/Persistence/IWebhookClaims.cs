namespace Shop.Infrastructure.Persistence;

/// <summary>Hands out deliveries of webhooks to workers, each to one at a time; said otherwise by the two databases.</summary>
internal interface IWebhookClaims
{
    /// <summary>
    /// Claims deliveries that are due: those that wait for no earlier one of their aggregate, and those whose worker let its lease end.
    /// Each begins its next attempt by it.
    /// </summary>
    /// <param name="webhookId">The subscription.</param>
    /// <param name="owner">Who claims.</param>
    /// <param name="now">The present, UTC.</param>
    /// <param name="until">When the lease ends, UTC.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The deliveries' ids.</returns>
    Task<List<long>> ClaimAsync(
        long webhookId, Guid owner, DateTimeOffset now, DateTimeOffset until, int count, CancellationToken cancellationToken);
}
