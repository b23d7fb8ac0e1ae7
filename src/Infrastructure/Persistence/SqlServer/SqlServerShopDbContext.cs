using Microsoft.EntityFrameworkCore;

namespace Shop.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerShopDbContext(DbContextOptions<SqlServerShopDbContext> options) : ShopDbContext(options)
{
    public override Dialect Dialect { get; } = new SqlServerDialect();

    /// <summary>A context that knows its model and migrations and can't connect.</summary>
    public static SqlServerShopDbContext WithoutServer() => On(connectionString: null);

    /// <summary>A context outside of the shop, for its schema.</summary>
    public static SqlServerShopDbContext On(string? connectionString)
    {
        var options = new DbContextOptionsBuilder<SqlServerShopDbContext>();
        options.UseShopSqlServer(connectionString);
        return new SqlServerShopDbContext(options.Options);
    }
}
