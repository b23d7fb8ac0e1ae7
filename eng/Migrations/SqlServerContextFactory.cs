using Microsoft.EntityFrameworkCore.Design;
using Shop.Infrastructure.Persistence.SqlServer;

namespace Shop.Migrations;

/// <summary>The context from which migrations for SQL Server are made. It names no database: comparing models needs none.</summary>
internal sealed class SqlServerContextFactory : IDesignTimeDbContextFactory<SqlServerShopDbContext>
{
    public SqlServerShopDbContext CreateDbContext(string[] args) => SqlServerShopDbContext.WithoutServer();
}
