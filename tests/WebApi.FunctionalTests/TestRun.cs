using Microsoft.EntityFrameworkCore;
using Shop.Infrastructure.Persistence;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.Infrastructure.Persistence.SqlServer;
using Shop.TestKit;

// Twice the processors of a small machine: a fixture that waits leaves them to another
[assembly: LevelOfParallelism(4)]

namespace Shop.WebApi.FunctionalTests;

/// <summary>Makes the database that every fixture clones.</summary>
[SetUpFixture]
public sealed class TestRun
{
    [OneTimeSetUp]
    public Task MakeTemplate() => TestCluster.CreateTemplateAsync(async connectionString =>
    {
        await using ShopDbContext db = TestCluster.IsSqlServer ? SqlServerShopDbContext.On(connectionString) : OnPostgreSql(connectionString);
        await db.Database.MigrateAsync();
    });

    private static PostgreSqlShopDbContext OnPostgreSql(string connectionString) =>
        new(new DbContextOptionsBuilder<PostgreSqlShopDbContext>().UseNpgsql(connectionString).Options);
}
