using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.Infrastructure.Persistence.SqlServer;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>That both databases are made to mean the same, and where they deliberately do not.</summary>
public sealed class ModelComparisonTests
{
    /// <summary>What PostgreSQL alone has, and why.</summary>
    private static readonly string[] PostgreSqlAlone =
    [
        // The lists of words of the search, and a dictionary with a trigram index; SQL Server lists the ends of words (docs/adr/0012, 0013)
        "column product_words.word nvarchar(max)",
        "collation product_words.word C",
        "column product_words.rank smallint",
        "column product_words.created_at datetimeoffset",
        "key pk_product_words on product_words (word, rank, created_at, product_id)",
        "column search_letters.letter nvarchar(max)",
        "collation search_letters.letter C",
        "column search_words.word nvarchar(max)",
        "collation search_words.word C",
        "index ix_search_words_word on search_words (word)",
        "index ix_users_search_text on users (search_text)",

        // Kept apart from the stock, whose index would make each order dearer in PostgreSQL alone
        "column products.is_sold_out bit computed stored",
        "index ix_products_sold_out on products (created_at, id) where deleted_at IS NULL AND is_sold_out",

        // Sorted as people do, and told apart by case; SQL Server's collation that sorts so does not tell apart
        "collation products.name alphabetical",
    ];

    /// <summary>What SQL Server alone has, and why.</summary>
    private static readonly string[] SqlServerAlone =
    [
        "collation products.name case insensitive",
        "index ix_products_sold_out on products (created_at, id) where deleted_at IS NULL AND stock = 0",

        // The ends of words, in the place of a trigram index
        "column product_words.word nvarchar(40)",
        "collation product_words.word Latin1_General_100_BIN2",
        "key pk_product_words on product_words (word, product_id)",
        "foreign key fk_product_words_product_id on product_words (product_id) to products (id) Cascade",
        "index ix_product_words_product_id on product_words (product_id)",
        "column products.has_words bit",
        "index ix_products_has_words_id on products (has_words, id) where deleted_at IS NULL",
    ];

    private static readonly IModel PostgreSql = Design(PostgreSqlShopDbContext.WithoutServer());
    private static readonly IModel SqlServer = Design(SqlServerShopDbContext.WithoutServer());

    [Test]
    public void They_differ_in_nothing_but_what_is_listed()
    {
        var (one, other) = (ModelComparison.Describe(PostgreSql), ModelComparison.Describe(SqlServer));

        one.Count.ShouldBeGreaterThan(100);
        one.Except(other).Order(StringComparer.Ordinal).ShouldBe(PostgreSqlAlone.Order(StringComparer.Ordinal));
        other.Except(one).Order(StringComparer.Ordinal).ShouldBe(SqlServerAlone.Order(StringComparer.Ordinal));
    }

    [TestCase("users", "email")]
    [TestCase("users", "username")]
    [TestCase("products", "sku")]
    [TestCase("coupons", "code")]
    public void Case_makes_no_difference_in(string table, string column)
    {
        foreach (var model in new[] { PostgreSql, SqlServer })
        {
            ModelComparison.Describe(model).ShouldContain($"collation {table}.{column} case insensitive");
        }
    }

    [Test]
    public void Every_aggregate_has_a_version_that_guards_it() =>
        ModelComparison.Describe(SqlServer).Where(line => line.EndsWith(".version bigint version", StringComparison.Ordinal)).Count()
            .ShouldBeGreaterThan(5);

    private static IModel Design(DbContext db) => db.GetService<IDesignTimeModel>().Model;
}
