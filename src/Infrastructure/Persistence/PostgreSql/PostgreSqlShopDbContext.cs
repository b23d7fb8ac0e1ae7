using Microsoft.EntityFrameworkCore;

namespace Shop.Infrastructure.Persistence.PostgreSql;

internal sealed class PostgreSqlShopDbContext(DbContextOptions<PostgreSqlShopDbContext> options) : ShopDbContext(options)
{
    public override Dialect Dialect { get; } = new PostgreSqlDialect();
}
