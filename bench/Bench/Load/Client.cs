using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Shop.Bench.Machine;

namespace Shop.Bench.Load;

/// <summary>Speaks to the shop's API as one person, or as nobody.</summary>
internal sealed class Client(string? token = null)
{
    /// <summary>One for all, without a limit on connections.</summary>
    private static readonly HttpClient Http = new(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan, UseCookies = false });

    /// <summary>The person's access token.</summary>
    public string? Token => token;

    /// <summary>Signs somebody in.</summary>
    public static async Task<Client> SignInAsync(Uri server, string login, string password)
    {
        var answer = await new Client().SendAsync(HttpMethod.Post, new Uri(server, "/auth/login"), new JsonObject { ["login"] = login, ["password"] = password });
        return new Client((string?)answer.Require(HttpStatusCode.OK)["access_token"]);
    }

    /// <summary>Signs in the first of the catalog's buyers.</summary>
    public static async Task<Client[]> BuyersAsync(Uri server, int count)
    {
        var buyers = new Client[count];
        await Parallel.ForAsync(0, count, async (i, _) => buyers[i] = await SignInAsync(server, $"buyer-{Catalog.FirstBuyer + i}", Catalog.BuyersPassword));
        return buyers;
    }

    public Task<Answer> GetAsync(Uri address) => SendAsync(HttpMethod.Get, address);

    public Task<Answer> PostAsync(Uri address, JsonObject body, string? key = null) => SendAsync(HttpMethod.Post, address, body, key);

    public async Task<Answer> SendAsync(HttpMethod method, Uri address, JsonObject? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, address);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.ETag?.Tag, Header(response, "X-Next-Cursor"));
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}

/// <summary>What the server said.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body, string? ETag, string? NextCursor)
{
    public bool Succeeded => (int)Status is >= 200 and < 300;

    /// <summary>Whether the server failed, and not the request.</summary>
    public bool ServerFailed => (int)Status >= 500;

    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The stable code of a refusal.</summary>
    public string Code => Body.StartsWith('{') ? (string?)Json["code"] ?? "" : "";

    /// <summary>The body, where the status is the one that has to be.</summary>
    public JsonNode Require(HttpStatusCode status) =>
        Status == status ? Json : throw new BenchException($"Expected {(int)status}, got {(int)Status}: {Body}");
}
