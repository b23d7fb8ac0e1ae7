using Microsoft.EntityFrameworkCore;

namespace Shop.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerShopDbContext(DbContextOptions<SqlServerShopDbContext> options) : ShopDbContext(options)
{
    public override Dialect Dialect { get; } = new SqlServerDialect();
}
