using Microsoft.EntityFrameworkCore;

namespace Shop.Infrastructure.Persistence.PostgreSql;

internal sealed class PostgreSqlShopDbContext(DbContextOptions<PostgreSqlShopDbContext> options) : ShopDbContext(options)
{
    private readonly List<object> _appended = [];
    private DbContextId _appendedIn;

    public override Dialect Dialect { get; } = new PostgreSqlDialect();

    /// <summary>What is sent with the next query.</summary>
    public Ahead Ahead { get; } = new();

    /// <summary>A context that knows its model and migrations and can't connect.</summary>
    public static PostgreSqlShopDbContext WithoutServer() => new(new DbContextOptionsBuilder<PostgreSqlShopDbContext>().UseNpgsql().Options);

    /// <summary>Whether rows wait to be saved that are not tracked.</summary>
    public bool HasAppended => _appended.Count > 0 && _appendedIn == ContextId;

    public override bool HasUnsaved => HasAppended || base.HasUnsaved;

    /// <summary>Rows that are not tracked, to be saved now.</summary>
    public IReadOnlyList<object> TakeAppended()
    {
        object[] rows = HasAppended ? [.. _appended] : [];
        _appended.Clear();
        return rows;
    }

    /// <remarks>What was left by whoever had this context from its pool before is not theirs to save who have it now.</remarks>
    public override void Append(object row)
    {
        if (Database.CurrentTransaction is null)
        {
            Add(row);
            return;
        }

        if (_appendedIn != ContextId)
        {
            _appended.Clear();
            _appendedIn = ContextId;
        }

        _appended.Add(row);
    }

    public override Task AskAheadAsync(CancellationToken cancellationToken) =>
        Ahead.IsAwaited ? SendAheadAsync(cancellationToken) : Task.CompletedTask;

    public override async Task SendAheadAsync(CancellationToken cancellationToken)
    {
        if (Ahead.IsWaiting)
        {
            await using var batch = this.NewBatch();
            await using var reader = await Ahead.ExecuteReaderAsync(batch, cancellationToken);
        }
    }

    public override void ForgetAhead()
    {
        Ahead.Forget();
        _appended.Clear();
    }
}
