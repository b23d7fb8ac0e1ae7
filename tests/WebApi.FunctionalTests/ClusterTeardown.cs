using Shop.TestKit;

namespace Shop.WebApi.FunctionalTests;

[SetUpFixture]
public sealed class ClusterTeardown
{
    [OneTimeTearDown]
    public Task StopCluster() => TestCluster.StopAsync();
}
