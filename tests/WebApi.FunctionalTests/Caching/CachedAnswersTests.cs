using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.WebApi.FunctionalTests.Support;
using Shop.WebApi.Http.Caching;

namespace Shop.WebApi.FunctionalTests.Caching;

/// <summary>An answer from the cache is the answer.</summary>
public sealed class CachedAnswersTests : ShopTest
{
    private const string Origin = "https://www.example.org";

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Shop:Cors:Origins"] = Origin };

    [Test]
    public async Task From_the_cache_every_header_and_byte_is_the_same()
    {
        var seller = await Shop.CustomerAsync();
        var id = await ProductAsync(seller: seller);
        await ProductAsync(seller: seller);
        await using var uncached = Shop.StartSecondNode(new Dictionary<string, string>(Settings) { ["Shop:Cache:Enabled"] = "false" });
        var tag = (await Shop.Anonymous().GetAsync($"/products/{id}")).ETag;

        foreach (var path in (string[])[$"/products/{id}", $"/products?seller_id={seller.UserId}&limit=1&count=true", "/categories"])
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
            {
                foreach (var known in (string[])["", tag, "*"])
                {
                    await Shop.ReadCachedAsync(path);
                    var (expected, actual) = (await DescribeAsync(uncached, method, path, known), await DescribeAsync(Shop, method, path, known));
                    actual.ShouldBe(expected, $"{method} {path} {known}");
                }
            }
        }
    }

    [Test]
    public async Task A_page_from_the_cache_leads_on()
    {
        var seller = await Shop.CustomerAsync();
        var (first, second) = (await ProductAsync(seller: seller), await ProductAsync(seller: seller));
        var path = $"/products?seller_id={seller.UserId}&limit=1";
        await Shop.ReadCachedAsync(path);

        var page = await Shop.Anonymous().GetAsync(path);

        page.Ids().ShouldBe([second]);
        page.Header("Link").ShouldNotBeNull();
        (await Shop.Anonymous().GetAsync($"{path}&cursor={page.NextCursor}")).Ids().ShouldBe([first]);
    }

    [Test]
    public async Task Nothing_but_what_was_found_is_kept()
    {
        var id = await ProductAsync();
        (await Admin.DeleteAsync($"/products/{id}")).ShouldBe(204);
        var cache = Shop.Services.GetRequiredService<AnswerCache>();

        foreach (var path in (string[])[$"/products/{id}", "/products?limit=0", "/products?cursor=forged"])
        {
            (await Shop.Anonymous().GetAsync(path)).Status.ShouldBeOneOf(400, 404);
            cache.Find(path).ShouldBeNull(path);
        }
    }

    [Test]
    public async Task Switched_off_it_keeps_nothing()
    {
        await using var shop = Shop.StartSecondNode(new Dictionary<string, string> { ["Shop:Cache:Enabled"] = "false" });
        var path = $"/products/{await ProductAsync()}";
        (await shop.Anonymous().GetAsync(path)).ShouldBe(200);

        await shop.TamperAsync($"UPDATE products SET price = 77 WHERE id = {path.Split('/')[^1]}");

        (await shop.Anonymous().GetAsync(path))["price"].GetDecimal().ShouldBe(77);
    }

    [Test]
    public async Task However_much_is_asked_for_it_takes_no_more_than_its_share_of_memory()
    {
        const int Entries = 4_000;
        const int Size = 20_000;
        using var cache = new AnswerCache(new AlwaysFresh());

        for (var i = 0; i < Entries; i++)
        {
            cache.Keep($"/products?n={i}", new CachedAnswer(default, new byte[Size], null, []));
        }

        await Until.TrueAsync(() =>
        {
            cache.Keep("/products", new CachedAnswer(default, new byte[Size], null, []));
            return Task.FromResult(cache.Find("/products") is not null);
        });
        var kept = Enumerable.Range(0, Entries).Count(i => cache.Find($"/products?n={i}") is not null);
        ((long)kept * Size).ShouldBeInRange(1, 32 * 1024 * 1024);
    }

    private static async Task<string> DescribeAsync(ShopServer shop, HttpMethod method, string path, string known)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", Origin);
        if (known.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        using var answer = await shop.CreateClient().SendAsync(request);
        var headers = answer.Headers.Concat(answer.Content.Headers)
            .Where(header => header.Key is not ("Date" or "X-Next-Cursor" or "Link"))
            .OrderBy(header => header.Key)
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
        return $"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\n\n{await answer.Content.ReadAsStringAsync()}";
    }

    private sealed class AlwaysFresh : ICatalogFreshness
    {
        public TimeSpan Lifetime => TimeSpan.FromHours(1);

        public CatalogStamp? Stamp(CatalogView view, long productId) => default(CatalogStamp);

        public bool Holds(in CatalogStamp stamp) => true;
    }
}
