using Microsoft.EntityFrameworkCore;

namespace Shop.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerShopDbContext(DbContextOptions<SqlServerShopDbContext> options) : ShopDbContext(options)
{
    public override Dialect Dialect { get; } = new SqlServerDialect();

    /// <summary>A context that knows its model and migrations and can't connect.</summary>
    public static SqlServerShopDbContext WithoutServer()
    {
        var options = new DbContextOptionsBuilder<SqlServerShopDbContext>();
        options.UseShopSqlServer(connectionString: null);
        return new SqlServerShopDbContext(options.Options);
    }
}
