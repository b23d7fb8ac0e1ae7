using Npgsql;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>Asks without a trip of its own where it is known early that there will be events, else in one.</summary>
internal sealed class PostgreSqlSubscribers(ShopDbContext db, ILocks locks, SubscribersSeen seen, TimeProvider clock) : Subscribers(db, locks, seen, clock)
{
    private readonly ShopDbContext _db = db;

    public override void AskAhead()
    {
        if (!IsTold)
        {
            // Two statements, since a snapshot that was taken before the wait for the lock would not see what was waited for
            _db.Ahead.Add("SELECT pg_advisory_xact_lock_shared(hashtextextended(@name, 0))", _ => { }, new NpgsqlParameter<string>("name", LockNames.Subscribers));
            _db.Ahead.Add("SELECT EXISTS (SELECT FROM webhooks WHERE active)", row => Note(row!.GetBoolean(0)));
        }
    }

    protected override Task AskAsync(CancellationToken cancellationToken)
    {
        AskAhead();
        return _db.SendAheadAsync(cancellationToken);
    }
}
