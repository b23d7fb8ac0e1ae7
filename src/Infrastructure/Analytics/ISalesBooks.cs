namespace Shop.Infrastructure.Analytics;

/// <summary>The part of counting sales that each database does its own way. Both hold <see cref="Shop.Application.Abstractions.LockNames.SalesTotals"/>.</summary>
internal interface ISalesBooks
{
    /// <summary>Adds the oldest entries to the totals, in one statement: whoever reads meanwhile sees each of them once.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many there were.</returns>
    Task<int> FoldAsync(int count, CancellationToken cancellationToken);

    /// <summary>Forgets entries and totals and counts all orders again, by the calendar that is stored. The transaction must see one moment.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task RecountAsync(CancellationToken cancellationToken);
}
