using System.Net.Http.Headers;
using System.Net.Http.Json;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Payments;

/// <summary>A client that is gone in the middle of paying leaves no payment open.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class LostClientTests
{
    [Test]
    public async Task What_the_provider_was_asked_for_is_recorded_by_the_request_itself_and_the_key_gets_it()
    {
        await using var shop = await FaultyShop.StartAsync();
        var (order, key) = (await shop.PlaceAsync(), Paying.NewKey());
        using var client = new CancellationTokenSource();
        var (asked, gone) = (new TaskCompletionSource(), new TaskCompletionSource());
        shop.Gateway.Meanwhile["authorize"] = () =>
        {
            asked.SetResult();
            return gone.Task;
        };

        var paying = PayAsync(shop, order, key, client.Token);
        await asked.Task;
        await client.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => paying);
        gone.SetResult();

        await Until.TrueAsync(async () => await shop.Server.PaymentsAsync(order) != "pending");

        await shop.ShouldStandAsync(order, "paid", "captured", 20);
        var again = await shop.Buyer.PayAsync(order, key: key);
        while (again.Status == 409)
        {
            again = await shop.Buyer.PayAsync(order, key: key);
        }

        again.ShouldBe(201).Text("status").ShouldBe("captured");
        (await shop.Server.ChargesAsync(order)).ShouldBe(1);
    }

    private static async Task PayAsync(FaultyShop shop, long order, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/orders/{order}/payments");
        request.Content = JsonContent.Create(new { method = "sandbox_ok" });
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", shop.Buyer.Token);
        request.Headers.Add("Idempotency-Key", key);
        using var response = await shop.Buyer.Http.SendAsync(request, cancellationToken);
    }
}
