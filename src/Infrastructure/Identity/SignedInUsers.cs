using System.Collections.Concurrent;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Identity;

/// <summary>
/// Who signed in, for a moment: somebody who fills a cart and pays asks again with every request. What this node commits counts from the
/// next request on; what another does, within a second.
/// </summary>
internal sealed class SignedInUsers(TimeProvider clock)
{
    /// <summary>How long an answer counts; less than the second that other nodes have, by what it takes to read it.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMilliseconds(750);

    private const int MaxKnown = 10_000;

    private readonly ConcurrentDictionary<long, Known> _known = new();
    private long _commits;

    /// <summary>Whose sign-in it is; null when it has ended.</summary>
    /// <param name="db">Where to look when it is not known.</param>
    /// <param name="sessionId">The sign-in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<SignedInUser?> FindAsync(ShopDbContext db, long sessionId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(sessionId, out var known) && clock.GetElapsedTime(known.At) < GoodFor)
        {
            return known.User;
        }

        var (at, commits) = (clock.GetTimestamp(), Volatile.Read(ref _commits));
        var user = await SessionHandler.FindUserAsync(db, sessionId, cancellationToken);
        Note(sessionId, user, at, commits);
        return user;
    }

    /// <summary>Forgets all: a commit of this node ended a sign-in, or changed a person.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _commits);
        _known.Clear();
    }

    /// <summary>An answer that was read before a commit is not kept after it.</summary>
    private void Note(long sessionId, SignedInUser? user, long at, long commits)
    {
        if (user is null)
        {
            _known.TryRemove(sessionId, out _);
            return;
        }

        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }

        var known = new Known(user, at);
        _known[sessionId] = known;
        if (Volatile.Read(ref _commits) != commits)
        {
            _known.TryRemove(new(sessionId, known));
        }
    }

    private sealed record Known(SignedInUser User, long At);
}
