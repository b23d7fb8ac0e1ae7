namespace Shop.Application.Abstractions;

/// <summary>What a person leaves all over the shop, by set-based statements inside the unit of work.</summary>
public interface IPersonalData
{
    /// <summary>
    /// Removes cart, favorites, addresses and kept answers, takes listings out of the catalog, cancels active orders and takes the addresses off all others.
    /// </summary>
    /// <param name="userId">The person.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task EraseAsync(long userId, CancellationToken cancellationToken);
}
