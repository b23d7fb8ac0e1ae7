using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Rules;

public sealed class ResponseHeaderTests : ShopTest
{
    private const string Origin = "https://www.example.org";

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Shop:Cors:Origins"] = $"{Origin}, https://other.example.org",
        ["Shop:Proxies:Known"] = "127.0.0.0/8, ::1",
    };

    [Test]
    public async Task Every_answer_says_what_browsers_may_do_with_it()
    {
        foreach (var path in (string[])["/products", "/nowhere", "/users/me", "/swagger/index.html"])
        {
            var answer = await Shop.Anonymous().GetAsync(path);

            answer.Header("X-Content-Type-Options").ShouldBe("nosniff", path);
            answer.Header("X-Frame-Options").ShouldBe("DENY", path);
            answer.Header("Referrer-Policy").ShouldBe("no-referrer", path);
            answer.Header("Content-Security-Policy")!.ShouldStartWith("default-src 'none';", customMessage: path);
            answer.Header("Content-Security-Policy")!.ShouldContain("frame-ancestors 'none'", customMessage: path);
            answer.Header("Server").ShouldBeNull(path);
            answer.Header("Strict-Transport-Security").ShouldBeNull(path);
        }
    }

    [Test]
    public async Task Behind_a_proxy_that_speaks_https_browsers_are_told_to_stay_with_it()
    {
        var answer = await Shop.Anonymous().GetAsync("/products", ("Host", "shop.example.org"), ("X-Forwarded-Proto", "https"));

        answer.ShouldBe(200).Header("Strict-Transport-Security")!.ShouldStartWith("max-age=");
    }

    [Test]
    public async Task Catalog_reads_are_public_own_data_is_private_and_all_else_is_not_kept()
    {
        var customer = await Shop.CustomerAsync();
        var product = await ProductAsync();

        foreach (var path in (string[])["/products", $"/products/{product}"])
        {
            var read = await customer.GetAsync(path);
            read.ShouldBe(200).Header("Cache-Control").ShouldBe("public, must-revalidate, max-age=0", path);
            read.Header("Vary").ShouldBe("Origin", path);
        }

        var own = await customer.GetAsync("/users/me");
        own.ShouldBe(200).Header("Cache-Control").ShouldBe("no-cache, private");
        own.Header("Vary")!.ShouldContain("Authorization");
        (await customer.GetAsync("/users/me", ("If-None-Match", own.ETag))).ShouldBe(304).Header("Cache-Control").ShouldBe("no-cache, private");
        (await customer.GetAsync("/products/999999")).ShouldBe(404).Header("Cache-Control").ShouldBe("no-store");
        (await customer.PostAsync("/auth/login", new { login = customer.Username, password = "correct horse" }))
            .ShouldBe(200).Header("Cache-Control").ShouldBe("no-store");
    }

    [TestCase("*")]
    [TestCase("{0}")]
    [TestCase("W/{0}")]
    [TestCase("\"other\", {0}")]
    public async Task What_the_client_has_is_304(string known)
    {
        var path = $"/products/{await ProductAsync()}";
        var tag = (await Shop.Anonymous().GetAsync(path)).ETag;

        var answer = await Shop.Anonymous().GetAsync(path, ("If-None-Match", string.Format(null, known, tag)));

        answer.ShouldBe(304).Body.ShouldBeEmpty();
        answer.ETag.ShouldBe(tag);
    }

    [Test]
    public async Task A_preflight_is_answered_without_a_token()
    {
        var answer = await Shop.Anonymous().SendAsync(
            HttpMethod.Options,
            "/users/me",
            null,
            ("Origin", Origin),
            ("Access-Control-Request-Method", "PATCH"),
            ("Access-Control-Request-Headers", "authorization,content-type,idempotency-key,if-match,if-none-match,x-cart-token"));

        answer.ShouldBe(204).Header("Access-Control-Allow-Origin").ShouldBe(Origin);
        answer.Header("Access-Control-Allow-Methods")!.ShouldContain("PATCH");
        var allowed = answer.Header("Access-Control-Allow-Headers")!.ToLowerInvariant();
        foreach (var header in (string[])["authorization", "content-type", "idempotency-key", "if-match", "if-none-match", "x-cart-token"])
        {
            allowed.ShouldContain(header);
        }
    }

    [Test]
    public async Task A_page_of_a_configured_origin_may_read_answers_and_refusals_with_their_headers()
    {
        foreach (var path in (string[])["/products", "/nowhere", "/users/me", "/products?limit=x"])
        {
            var answer = await Shop.Anonymous().GetAsync(path, ("Origin", Origin));

            answer.Header("Access-Control-Allow-Origin").ShouldBe(Origin, path);
            answer.Header("Access-Control-Expose-Headers")!.Split(',', StringSplitOptions.TrimEntries).ShouldBe(
                ["ETag", "Link", "Location", "Retry-After", "X-Cart-Token", "X-Next-Cursor", "X-Total-Count", "Idempotent-Replayed"], ignoreOrder: true, path);
            answer.Header("Vary")!.Split(", ").Count(name => name == "Origin").ShouldBe(1, path);
        }
    }

    [Test]
    public async Task Another_origin_is_told_nothing() =>
        (await Shop.Anonymous().GetAsync("/products", ("Origin", "https://evil.example"))).ShouldBe(200)
            .Header("Access-Control-Allow-Origin").ShouldBeNull();
}
