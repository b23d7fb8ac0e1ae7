using Microsoft.EntityFrameworkCore;

namespace Shop.Infrastructure.Persistence.PostgreSql;

internal sealed class PostgreSqlShopDbContext(DbContextOptions<PostgreSqlShopDbContext> options) : ShopDbContext(options)
{
    public override Dialect Dialect { get; } = new PostgreSqlDialect();

    /// <summary>What is sent with the next query.</summary>
    public Ahead Ahead { get; } = new();

    /// <summary>A context that knows its model and migrations and can't connect.</summary>
    public static PostgreSqlShopDbContext WithoutServer() => new(new DbContextOptionsBuilder<PostgreSqlShopDbContext>().UseNpgsql().Options);

    public override async Task SendAheadAsync(CancellationToken cancellationToken)
    {
        if (Ahead.IsWaiting)
        {
            await using var batch = this.NewBatch();
            await using var reader = await Ahead.ExecuteReaderAsync(batch, cancellationToken);
        }
    }

    public override void ForgetAhead() => Ahead.Forget();
}
