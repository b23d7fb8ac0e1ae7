using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Shop.Infrastructure.Persistence.PostgreSql;

namespace Shop.Migrations;

/// <summary>The context from which migrations for PostgreSQL are made. It names no database: comparing models needs none.</summary>
internal sealed class PostgreSqlContextFactory : IDesignTimeDbContextFactory<PostgreSqlShopDbContext>
{
    public PostgreSqlShopDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgreSqlShopDbContext>().UseNpgsql().Options);
}
