using Microsoft.Extensions.DependencyInjection;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>
/// A fixture with a shop of its own. Its tests share the shop and run in any order, so none may count on being alone. They run one after another,
/// beside other fixtures: NUnit starts all fixtures before their tests when tests may run beside each other, and so many shops slow each other down.
/// </summary>
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public abstract class ShopTest
{
    /// <summary>The shop under test.</summary>
    protected ShopServer Shop { get; private set; } = null!;

    /// <summary>The shop's admin.</summary>
    protected Actor Admin { get; private set; } = null!;

    /// <summary>Configuration that differs from the tests' own.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>Services to replace, or null.</summary>
    protected virtual Action<IServiceCollection>? Services => null;

    [OneTimeSetUp]
    public virtual async Task StartShop()
    {
        Shop = await ShopServer.StartAsync(Settings, Services);
        Admin = await Shop.AdminAsync();
    }

    [OneTimeTearDown]
    public async Task StopShop() => await Shop.DisposeAsync();

    /// <summary>A name that no other test uses.</summary>
    protected static string Unique(string stem) => $"{stem} {Guid.NewGuid().ToString("N")[..10]}";

    /// <summary>Lists a product and answers with its id.</summary>
    protected async Task<long> ProductAsync(decimal price = 10m, int stock = 100, Actor? seller = null) =>
        (await (seller ?? Admin).PostAsync("/products", new { name = Unique("Thing"), price, stock })).ShouldBe(201).Id;
}
