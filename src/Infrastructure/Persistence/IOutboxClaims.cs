namespace Shop.Infrastructure.Persistence;

/// <summary>Hands out deliveries to workers, each to one at a time; said otherwise by the two databases.</summary>
internal interface IOutboxClaims
{
    /// <summary>
    /// Claims deliveries that are due: those that wait for no earlier one of their aggregate, and those whose worker let its lease end.
    /// Each begins its next attempt by it.
    /// </summary>
    /// <param name="consumer">Whose.</param>
    /// <param name="owner">Who claims.</param>
    /// <param name="now">The present, UTC.</param>
    /// <param name="until">When the lease ends, UTC.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<List<ClaimedDelivery>> ClaimAsync(
        string consumer, Guid owner, DateTimeOffset now, DateTimeOffset until, int count, CancellationToken cancellationToken);
}

/// <summary>A delivery that a worker has for a while.</summary>
/// <param name="EventId">Which event.</param>
/// <param name="Attempts">Attempts begun, this one included.</param>
internal sealed record ClaimedDelivery(Guid EventId, int Attempts);
