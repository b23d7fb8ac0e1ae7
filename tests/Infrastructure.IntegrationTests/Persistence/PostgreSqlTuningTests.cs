using Npgsql;
using Shop.Infrastructure.Persistence.PostgreSql;

namespace Shop.Infrastructure.IntegrationTests.Persistence;

[Parallelizable(ParallelScope.All)]
public sealed class PostgreSqlTuningTests
{
    [TestCase("Host=db", 100, true)]
    [TestCase("Host=db;Max Auto Prepare=0", 0, true)]
    [TestCase("Host=db;maxautoprepare=7;No Reset On Close=false", 7, false)]
    public void What_the_operator_says_stands(string said, int maxAutoPrepare, bool noResetOnClose)
    {
        var tuned = new NpgsqlConnectionStringBuilder(PostgreSqlTuning.Apply(said));

        tuned.Host.ShouldBe("db");
        tuned.MaxAutoPrepare.ShouldBe(maxAutoPrepare);
        tuned.NoResetOnClose.ShouldBe(noResetOnClose);
    }

    [Test]
    public void What_is_tuned_stays_as_it_is_so_that_it_means_the_same_pool() =>
        PostgreSqlTuning.Apply(PostgreSqlTuning.Apply("Host=db")).ShouldBe(PostgreSqlTuning.Apply("Host=db"));
}
