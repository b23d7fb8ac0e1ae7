namespace Shop.Application.Abstractions;

/// <summary>The events that wait for their consumers.</summary>
public interface IOutbox
{
    /// <summary>Lets the deliveries of an event that were given up wait again, with all their attempts before them.</summary>
    /// <param name="id">The event's key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many there were.</returns>
    Task<int> ReviveAsync(long id, CancellationToken cancellationToken);
}
