using Microsoft.EntityFrameworkCore;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.TestKit;

namespace Shop.WebApi.FunctionalTests;

/// <summary>Makes the database that every fixture clones, and stops the server at the end.</summary>
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

    [OneTimeTearDown]
    public Task Stop() => TestCluster.StopAsync();
}
