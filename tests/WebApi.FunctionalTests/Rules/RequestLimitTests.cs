using System.Globalization;
using System.Text;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Rules;

public sealed class RequestLimitTests : ShopTest
{
    private const int Megabyte = 1_048_576;

    [Test]
    public async Task A_body_over_1_MB_is_413_whether_it_says_its_length_or_not()
    {
        var body = Body(Megabyte);

        (await Admin.PostAsync("/products", body)).ShouldBeProblem(413, "body_too_large");
        // With this header .NET's client reads the answer although the shop has stopped listening in the middle of the body
        (await Admin.PostAsync("/products", new ChunkedContent(body), ("Expect", "100-continue"))).ShouldBeProblem(413, "body_too_large");
        (await Admin.PostAsync("/products", Body(Megabyte - 100))).ShouldBe(201);
    }

    [Test]
    public async Task A_long_address_is_414_and_many_headers_are_431()
    {
        (await Admin.GetAsync("/products?search=" + new string('x', 8_192))).ShouldBeProblem(414, "address_too_long");
        (await Admin.GetAsync("/products", ("X-Long", new string('x', 32_768)))).ShouldBeProblem(431, "headers_too_large");
    }

    [TestCase("/products?search=%00", 400)]
    [TestCase("/products?search=a%00b&limit=1", 400)]
    [TestCase("/products?%00=1", 400)]
    [TestCase("/products?search=%zz", 200)]
    [TestCase("/products?search=%ff%fe", 200)]
    [TestCase("/products?search=%ed%a0%80", 200)]
    [TestCase("/products/%zz", 404)]
    [TestCase("/products/%", 404)]
    [TestCase("/products/%ff", 404)]
    [TestCase("/products/%00", 400)]
    [TestCase("/%00", 400)]
    [TestCase("/products/99999999999999999999", 404)]
    public async Task Whatever_the_address_holds_a_refusal_is_a_problem(string target, int status)
    {
        var answer = await RawHttp.SendAsync(Shop, $"GET {target} HTTP/1.1");

        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        if (status != 200)
        {
            answer.ShouldContain("Content-Type: application/problem+json", Case.Insensitive);
            answer.ShouldContain($"\"status\":{status}");
            answer.ShouldContain("\"trace_id\":\"");
        }
    }

    [TestCase("GET /products HTTP/1.1\r\nNo colon", 400)]
    [TestCase("GET /products HTTP/9.9", 505)]
    [TestCase("GET products HTTP/1.1", 405)]
    public async Task What_is_no_HTTP_is_refused_by_a_problem_too(string head, int status)
    {
        var answer = await RawHttp.SendAsync(Shop, head);

        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldContain("application/problem+json");
    }

    [Test]
    public async Task HEAD_answers_like_GET_without_the_body()
    {
        var id = await ProductAsync();
        var get = await Admin.GetAsync($"/products/{id}");
        var head = await Admin.SendAsync(HttpMethod.Head, $"/products/{id}", null);

        head.ShouldBe(200).Body.ShouldBeEmpty();
        head.ETag.ShouldBe(get.ETag);
        head.Header("Content-Length").ShouldBe(Encoding.UTF8.GetByteCount(get.Body).ToString(CultureInfo.InvariantCulture));
        (await Admin.SendAsync(HttpMethod.Head, "/nowhere", null)).ShouldBe(404).Body.ShouldBeEmpty();
        (await RawHttp.SendAsync(Shop, $"HEAD /products/{id} HTTP/1.1")).ShouldEndWith("\r\n\r\n");
    }

    private static string Body(int length) => $"{{\"name\":\"x\",\"price\":1,\"ignored\":\"{new string('x', length)}\"}}";

    private sealed class ChunkedContent : StringContent
    {
        public ChunkedContent(string body)
            : base(body, Encoding.UTF8, "application/json") => Headers.ContentLength = null;

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
