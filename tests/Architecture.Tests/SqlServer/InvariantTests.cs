using Shop.Architecture.Tests.Support;
using Shop.Infrastructure.Audit;
using Shop.Infrastructure.Persistence.SqlServer;

namespace Shop.Architecture.Tests.SqlServer;

public sealed class InvariantTests
{
    private static readonly SqlServerDialect TSqlDialect = new();

    [Test]
    public void Every_invariant_is_asked_in_words_that_SQL_Server_knows() =>
        new Rule<Invariant>(invariant => TSql.Refused(invariant.Offenders(TSqlDialect)))
            .ShouldHoldFor(Invariants.All, new Invariant("bad", "Bad.", "rows", "SELECT id FROM orders WHERE total::text = '1' LIMIT 1"),
                new Invariant("bad", "Bad.", "rows", "SELECT o.id FROM orders o JOIN users u ON u.username = o.number"));

    [Test]
    public void No_invariant_sorts_where_SQL_Server_allows_no_order() =>
        Invariants.All.Where(invariant => invariant.Offenders(TSqlDialect).Contains("ORDER BY", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
}
