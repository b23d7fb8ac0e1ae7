using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Shop.Architecture.Tests.SqlServer;
using Shop.Architecture.Tests.Support;
using Shop.Infrastructure.Audit;
using Shop.Infrastructure.Persistence;
using Shop.Infrastructure.Persistence.Paging;
using Shop.Infrastructure.Persistence.SqlServer;
using Shop.Infrastructure.Startup;

namespace Shop.Architecture.Tests;

/// <summary>
/// That every query of the solution is known by name. Use cases ask through specifications alone, since they can't reach the database.
/// In the infrastructure a class either carries specifications out, or has statements of its own, which are named and recorded.
/// </summary>
public sealed class QueryTests
{
    /// <summary>What only ever speaks to PostgreSQL.</summary>
    private static readonly string[] PostgreSql = ["Shop.Infrastructure.Persistence.PostgreSql", "Shop.Infrastructure.LocalDatabase"];

    private static readonly Type[] WaysToAsk =
    [
        typeof(Queryable), typeof(EntityFrameworkQueryableExtensions), typeof(RelationalQueryableExtensions), typeof(RelationalDatabaseFacadeExtensions),
        typeof(System.Data.Common.DbCommand),
    ];

    private static readonly Dictionary<Type, string> AskNothingThemselves = new()
    {
        [typeof(EfRepository<>)] = "carries specifications out",
        [typeof(KeysetPager)] = "carries specifications out",
        [typeof(SpecificationEvaluator)] = "carries specifications out",
        [typeof(SqlServerBulkCopy<>)] = "sends rows",
        [typeof(UnitOfWork)] = "begins and commits",
        [typeof(DatabaseHealth)] = "asks EF Core for its own migrations",
        [typeof(ShopDatabase)] = "lets EF Core migrate",
        [typeof(ShopAudit)] = "asks what Invariants say, which InvariantTests look at",
    };

    [Test]
    public void Every_query_is_a_specification_or_recorded() =>
        new Rule<Type>(type => Asks(type) && !Scenarios.Of.ContainsKey(type) && !AskNothingThemselves.ContainsKey(type)
                ? ["asks the database by itself: make it a specification, or add what it does to tests/Architecture.Tests/SqlServer/Scenarios.cs and approve its T-SQL"]
                : [])
            .ShouldHoldFor(
                [.. Layers.Infrastructure.Written().Where(type => !PostgreSql.Contains(type.Namespace) && !type.IsSubclassOf(typeof(Migration)))],
                typeof(AsksByItself));

    [Test]
    public void What_is_listed_asks() =>
        Scenarios.Of.Keys.Concat(AskNothingThemselves.Keys).Where(type => !Asks(type)).ShouldBeEmpty("They can be taken off the list.");

    private static bool Asks(Type type) => Dependencies.Of(type).Overlaps(WaysToAsk);

    private sealed class AsksByItself(ShopDbContext db)
    {
        public Task<bool> AnyAsync() => db.Products.AnyAsync(product => product.Stock > 0);
    }
}
