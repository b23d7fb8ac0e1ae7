using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.TestKit;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Startup;

/// <summary>A start looks at little when the last one left all as it should be; whatever is missing is made all the same.</summary>
[Parallelizable(ParallelScope.Self)]
[PostgreSqlOnly("it looks into its catalogs")]
public sealed class StartAgainTests
{
    [TestCase(
        "DROP TRIGGER tr_audit_log_append_only ON audit_log",
        "SELECT count(*) FROM pg_trigger WHERE tgname = 'tr_audit_log_append_only'", TestName = "The audit log is closed again")]
    [TestCase("UPDATE sales_calendar SET zone = 'Europe/Berlin'", "SELECT count(*) FROM sales_calendar WHERE zone = 'UTC'", TestName = "Sales are counted by the days of the zone")]
    public async Task What_is_missing_is_made(string damage, string isThere)
    {
        await using var shop = await ShopServer.StartAsync();
        await shop.ScalarAsync<int>($"{damage}; SELECT 1");
        (await shop.ScalarAsync<long>(isThere)).ShouldBe(0);

        await using var again = shop.StartSecondNode();
        again.Services.ShouldNotBeNull();

        (await shop.ScalarAsync<long>(isThere)).ShouldBe(1);
    }

    [Test]
    public async Task A_database_of_an_earlier_version_is_brought_up_to_date()
    {
        var database = await TestCluster.CreateEmptyAsync();
        await using (var db = new PostgreSqlShopDbContext(new DbContextOptionsBuilder<PostgreSqlShopDbContext>().UseNpgsql(database).Options))
        {
            await db.GetService<IMigrator>().MigrateAsync(db.Database.GetMigrations().SkipLast(1).Last());
        }

        await using (var shop = ShopServer.StartOn(database))
        {
            var admin = await shop.AdminAsync();
            (await admin.PostAsync("/products", new { name = "Thing", price = 10 })).ShouldBe(201);
        }

        await TestCluster.DropAsync(database);
    }
}
