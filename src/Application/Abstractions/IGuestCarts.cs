namespace Shop.Application.Abstractions;

/// <summary>The carts of people who never signed in.</summary>
public interface IGuestCarts
{
    /// <summary>Forgets, now and then, those that nobody has touched for 60 days.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task PurgeAsync(CancellationToken cancellationToken);
}
