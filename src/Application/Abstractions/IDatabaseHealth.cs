namespace Shop.Application.Abstractions;

/// <summary>Whether the database can serve this version of the shop.</summary>
public interface IDatabaseHealth
{
    /// <summary>Asks the database itself.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when it can't be reached, or lacks a migration.</returns>
    Task<bool> IsReadyAsync(CancellationToken cancellationToken);
}
