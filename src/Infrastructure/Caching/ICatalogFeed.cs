using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Caching;

/// <summary>How the nodes on one database tell each other what changed in the catalog, and that sign-ins ended.</summary>
internal interface ICatalogFeed
{
    /// <summary>How long what was read may be believed at most, when no change of it is heard of.</summary>
    TimeSpan Lifetime { get; }

    /// <summary>Tells all nodes, as part of the transaction that is open, that anything may have changed.</summary>
    /// <param name="db">Whose transaction.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task TellEverythingAsync(ShopDbContext db, CancellationToken cancellationToken);

    /// <summary>Tells all nodes, as part of the transaction that is open, that it ends sign-ins or changes a person.</summary>
    /// <param name="db">Whose transaction.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task TellSignInsAsync(ShopDbContext db, CancellationToken cancellationToken);

    /// <summary>Tells all nodes of products whose change is committed.</summary>
    /// <param name="products">Their ids.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task TellAsync(IReadOnlyCollection<long> products, CancellationToken cancellationToken);

    /// <summary>Hears what is told, until the way to the database breaks.</summary>
    /// <param name="freshness">Is told; begins to follow once nothing is missed any more.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task FollowAsync(CatalogFreshness freshness, CancellationToken cancellationToken);
}
