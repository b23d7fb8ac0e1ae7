using Shop.Application.Abstractions;
using Shop.Infrastructure.Caching;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Identity;

/// <summary>
/// Who signed in, for a moment: somebody who fills a cart and pays asks again with every request. What this node commits counts from the
/// next request on; what another does, once it is heard of. A node that hears nothing looks each time.
/// </summary>
internal sealed class SignedInUsers(CatalogFreshness freshness)
{
    private const int MaxKnown = 10_000;

    private readonly BoundedMap<long, Known> _known = new(MaxKnown);

    /// <summary>Whose sign-in it is; null when it has ended.</summary>
    /// <param name="db">Where to look when it is not known.</param>
    /// <param name="sessionId">The sign-in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<SignedInUser?> FindAsync(ShopDbContext db, long sessionId, CancellationToken cancellationToken)
    {
        if (_known.TryGet(sessionId, out var known) && freshness.Holds(known.Stamp))
        {
            return known.User;
        }

        var stamp = freshness.StampSignIns();
        var user = await SessionHandler.FindUserAsync(db, sessionId, cancellationToken);
        Note(sessionId, user, stamp);
        return user;
    }

    private void Note(long sessionId, SignedInUser? user, CatalogStamp? stamp)
    {
        if (user is null || stamp is null)
        {
            _known.Remove(sessionId);
            return;
        }

        _known.Set(sessionId, new Known(user, stamp.Value));
    }

    private sealed record Known(SignedInUser User, CatalogStamp Stamp);
}
