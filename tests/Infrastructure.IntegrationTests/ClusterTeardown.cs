using Shop.Infrastructure.IntegrationTests.LocalDatabase;
using Shop.TestKit;

namespace Shop.Infrastructure.IntegrationTests;

[SetUpFixture]
public sealed class ClusterTeardown
{
    [OneTimeTearDown]
    public async Task RemoveClusters()
    {
        await TestCluster.StopAsync();
        if (!OperatingSystem.IsWindows())
            await Clusters.DeleteMadeAsync();
    }
}
