using Microsoft.EntityFrameworkCore;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.TestKit;

namespace Shop.WebApi.FunctionalTests;

/// <summary>Makes the database that every fixture clones.</summary>
[SetUpFixture]
public sealed class TestRun
{
    [OneTimeSetUp]
    public Task MakeTemplate() => TestCluster.CreateTemplateAsync(async connectionString =>
    {
        var options = new DbContextOptionsBuilder<PostgreSqlShopDbContext>().UseNpgsql(connectionString).Options;
        await using var db = new PostgreSqlShopDbContext(options);
        await db.Database.MigrateAsync();
    });

}
