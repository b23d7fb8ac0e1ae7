using Shop.TestKit;

namespace Shop.Infrastructure.IntegrationTests;

[SetUpFixture]
public sealed class ClusterTeardown
{
    [OneTimeTearDown]
    public Task StopCluster() => TestCluster.StopAsync();
}
