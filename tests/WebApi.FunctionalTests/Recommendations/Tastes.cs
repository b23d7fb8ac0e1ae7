using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Recommendations;

/// <summary>A shop where some buy one kind of things and some another.</summary>
/// <param name="Ink">What writers buy; product ids.</param>
/// <param name="Iron">What smiths buy.</param>
internal sealed record Tastes(IReadOnlyList<long> Ink, IReadOnlyList<long> Iron)
{
    private const int Kinds = 6;
    private const int BuyersOfEach = 8;

    /// <summary>Lists the products, lets people buy them, and trains.</summary>
    public static async Task<Tastes> MakeAsync(Actor admin)
    {
        var tastes = new Tastes(await ListAsync(admin, "Ink"), await ListAsync(admin, "Iron"));
        for (var buyer = 0; buyer < BuyersOfEach; buyer++)
        {
            foreach (var kind in (IReadOnlyList<long>[])[tastes.Ink, tastes.Iron])
            {
                var user = await UserAsync(admin);
                await admin.BuyAsync(user, [.. kind.Where((_, number) => number != buyer % Kinds)]);
            }
        }

        await admin.TrainAsync();
        return tastes;
    }

    /// <summary>Registers somebody.</summary>
    public static async Task<long> UserAsync(Actor admin) => (await admin.PostAsync("/users", new { first_name = "Anna", last_name = "Example" })).ShouldBe(201).Id;

    private static async Task<List<long>> ListAsync(Actor admin, string kind)
    {
        var products = new List<long>();
        for (var number = 0; number < Kinds; number++)
        {
            products.Add((await admin.PostAsync("/products", new { name = $"{kind} {number}", price = 10, stock = 1_000 })).ShouldBe(201).Id);
        }

        return products;
    }
}

internal static class Feeds
{
    /// <summary>Records that somebody bought products.</summary>
    public static async Task BuyAsync(this Actor admin, long user, params long[] products)
    {
        foreach (var product in products)
        {
            (await admin.PostAsync("/purchases", new { user_id = user, product_id = product })).ShouldBe(201);
        }
    }

    /// <summary>Trains now.</summary>
    public static async Task<Answer> TrainAsync(this Actor admin) => (await admin.PostAsync("/recommendations/train")).ShouldBe(200);

    /// <summary>Somebody's feed, as ids.</summary>
    public static async Task<IReadOnlyList<long>> FeedAsync(this Actor admin, long user, int limit = 20) =>
        (await admin.GetAsync($"/recommendations?user_id={user}&limit={limit}")).ShouldBe(200).Ids();

    /// <summary>Products like one, as ids.</summary>
    public static async Task<IReadOnlyList<long>> SimilarAsync(this Actor actor, long product, int limit = 20) =>
        (await actor.GetAsync($"/products/{product}/similar?limit={limit}")).ShouldBe(200).Ids();
}
