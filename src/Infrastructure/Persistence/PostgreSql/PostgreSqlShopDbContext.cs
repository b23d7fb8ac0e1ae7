using Microsoft.EntityFrameworkCore;

namespace Shop.Infrastructure.Persistence.PostgreSql;

internal sealed class PostgreSqlShopDbContext(DbContextOptions<PostgreSqlShopDbContext> options) : ShopDbContext(options)
{
    public override Dialect Dialect { get; } = new PostgreSqlDialect();

    /// <summary>A context that knows its model and migrations and can't connect.</summary>
    public static PostgreSqlShopDbContext WithoutServer() => new(new DbContextOptionsBuilder<PostgreSqlShopDbContext>().UseNpgsql().Options);
}
