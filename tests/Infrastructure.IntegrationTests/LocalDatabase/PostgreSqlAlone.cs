using Shop.TestKit;

namespace Shop.Infrastructure.IntegrationTests.LocalDatabase;

/// <summary>The local database is a PostgreSQL, and its binaries may be missing where the tests run on a SQL Server.</summary>
[SetUpFixture]
public sealed class PostgreSqlAlone
{
    [OneTimeSetUp]
    public void SkipOnSqlServer()
    {
        if (TestCluster.IsSqlServer)
        {
            Assert.Ignore("The local database is a PostgreSQL.");
        }
    }
}
