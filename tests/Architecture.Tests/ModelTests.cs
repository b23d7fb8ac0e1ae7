using Microsoft.EntityFrameworkCore;
using Shop.Architecture.Tests.Support;
using Shop.Infrastructure.Persistence;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.Infrastructure.Persistence.SqlServer;

namespace Shop.Architecture.Tests;

/// <summary>That the migrations make what the model says.</summary>
public sealed class ModelTests
{
    [Test]
    public void Both_databases_have_a_migration_for_every_change_of_the_model() =>
        new Rule<DbContext>(db => db.Database.HasPendingModelChanges() ? ["run eng/add-migration"] : [])
            .ShouldHoldFor(
                [PostgreSqlShopDbContext.WithoutServer(), SqlServerShopDbContext.WithoutServer()],
                new WithoutMigrations(new DbContextOptionsBuilder<WithoutMigrations>().UseNpgsql().Options));

    [Test]
    public void Both_databases_have_the_same_tables()
    {
        var tables = new ShopDbContext[] { PostgreSqlShopDbContext.WithoutServer(), SqlServerShopDbContext.WithoutServer() }
            .Select(db => db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct().Order().ToList())
            .ToList();

        tables[0].ShouldNotBeEmpty();
        tables[1].Except([ProductWord.Table]).ShouldBe(tables[0].Except([ListedWord.Table, SearchWord.Table, SearchLetter.Table]), "each has tables of its own for the search");
    }

    [Test]
    public void Every_configuration_takes_part_in_the_model() =>
        EntityConfiguration.All.Select(part => part.GetType()).ShouldBe(
            Layers.Infrastructure.GetTypes().Where(type => type.IsSubclassOf(typeof(EntityConfiguration))), ignoreOrder: true);

    [Test]
    public void The_start_knows_every_migration_without_looking_for_it()
    {
        using var db = PostgreSqlShopDbContext.WithoutServer();
        PostgreSqlStartCheck.OwnMigrations().ShouldBe(db.Database.GetMigrations(), ignoreOrder: true);
    }

    private sealed class WithoutMigrations(DbContextOptions<WithoutMigrations> options) : DbContext(options)
    {
        public DbSet<Row> Rows => Set<Row>();
    }

    private sealed class Row
    {
        public long Id { get; set; }
    }
}
