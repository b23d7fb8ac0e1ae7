using Npgsql;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// Asks without a trip of its own where it is known early that there will be events, else in one. Where there were none, not even that: the transaction
/// fails should there be one by now, and asks when it is repeated.
/// </summary>
internal sealed class PostgreSqlSubscribers(ShopDbContext db, ILocks locks, SubscribersSeen seen, TimeProvider clock) : Subscribers(db, locks, seen, clock)
{
    // Two statements, since a snapshot that was taken before the wait for the lock would not see what was waited for
    private const string Hold = "SELECT pg_advisory_xact_lock_shared(hashtextextended(@name, 0))";
    private const string Any = "SELECT EXISTS (SELECT FROM webhooks WHERE active)";
    private static readonly string NoneOrFail = Guards.NoneOrFail("SELECT FROM webhooks WHERE active");

    private readonly ShopDbContext _db = db;

    public override void AskAhead()
    {
        if (!IsTold && !IsGranted)
        {
            _db.Ahead.Add(Hold, _ => { }, Name());
            _db.Ahead.Add(Any, row => Note(row!.GetBoolean(0)));
        }
    }

    protected override Task AskAsync(CancellationToken cancellationToken)
    {
        if (IsGranted)
        {
            _db.Ahead.Add(Hold, answered: null, Name());
            _db.Ahead.Add(NoneOrFail, answered: null);
            _db.KnowsSubscribers = false;
            return Task.CompletedTask;
        }

        AskAhead();
        return _db.SendAheadAsync(cancellationToken);
    }

    private static NpgsqlParameter<string> Name() => new("name", LockNames.Subscribers);
}
