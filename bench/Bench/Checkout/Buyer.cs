using System.Net;
using System.Text.Json.Nodes;
using Shop.Bench.Load;

namespace Shop.Bench.Checkout;

/// <summary>Somebody who buys as badly behaved as people are: changes their mind, clicks twice, comes back, pays with a bad card.</summary>
internal sealed class Buyer(Client client, Abilities shop, Tally tally)
{
    private const int MaxLines = 3;
    private const int MaxQuantity = 5;
    private const int OrdersRemembered = 10;

    private readonly List<long> _orders = [];

    /// <summary>Does one thing by chance.</summary>
    /// <returns>Whether every request had an answer.</returns>
    public async Task<bool> ActAsync()
    {
        try
        {
            await (Random.Shared.Next(100) switch
            {
                < 35 => OrderAsync(),
                < 70 => CheckOutCartAsync(),
                < 80 => EditOrderAsync(),
                < 90 => CancelAsync(),
                < 97 => FulfilAsync(),
                _ => RecountAsync(),
            });
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            tally.Broke(exception.Message);
            return false;
        }
    }

    private static bool Chance(int percent) => Random.Shared.Next(100) < percent;

    /// <summary>Places an order in one request, at times the same at once on two nodes, or again later, or another under the same key.</summary>
    private async Task OrderAsync()
    {
        var (key, body) = (Guid.NewGuid().ToString(), new JsonObject { ["status"] = "placed", ["items"] = Lines() });
        var answers = await RepeatAsync("order", "/orders", body, key);
        if (Chance(10))
        {
            var other = await PostAsync("another order under the same key", "/orders", new JsonObject { ["status"] = "placed", ["items"] = Lines(MaxLines + 1) }, key);
            if (answers.Any(answer => answer.Succeeded) && other.Status != HttpStatusCode.UnprocessableEntity)
                tally.Contradiction($"Another body under a used key was answered {(int)other.Status}: {other.Body}");
        }

        await FinishAsync(answers);
    }

    private async Task CheckOutCartAsync()
    {
        foreach (var line in Lines())
            await PostAsync("cart item", "/cart_items", (JsonObject)line!.DeepClone());
        var body = new JsonObject { ["shipping_address"] = CheckoutLoad.Address };
        if (shop.HasCoupons && Chance(40))
            body["coupon"] = Abilities.Coupons[Random.Shared.Next(Abilities.Coupons.Length)];

        if (Chance(70))
        {
            await FinishAsync(await RepeatAsync("checkout", "/cart/checkout", body, Guid.NewGuid().ToString()));
            return;
        }

        Answer[] answers = await Task.WhenAll(PostAsync("checkout", "/cart/checkout", body), PostAsync("checkout", "/cart/checkout", body));
        if (answers.All(answer => answer.Succeeded))
            tally.Contradiction($"One cart was checked out twice: orders {Id(answers[0])} and {Id(answers[1])}.");
        await FinishAsync(answers);
    }

    /// <summary>Begins an order, changes its lines, and places it.</summary>
    private async Task EditOrderAsync()
    {
        var begun = await PostAsync("begin order", "/orders", new JsonObject { ["items"] = Lines() });
        if (!begun.Succeeded)
            return;

        var path = $"/orders/{Id(begun)}";
        await PostAsync("add to order", path + "/products", (JsonObject)Lines()[0]!.DeepClone());
        var placed = new JsonObject { ["status"] = "placed" };
        Task<Answer> Place() => SendAsync("place order", HttpMethod.Put, path, placed);
        var answers = Chance(30) ? await Task.WhenAll(Place(), Place()) : [await Place()];
        await FinishAsync(answers);
    }

    private async Task CancelAsync()
    {
        if (AnyOrder() is not { } order)
            return;

        Task<Answer> Cancel() => SendAsync("cancel", HttpMethod.Delete, $"/orders/{order}");
        await Task.WhenAll(Chance(30) ? [Cancel(), Cancel()] : shop.HasPayments && Chance(50) ? [Cancel(), PayAsync(order)] : [Cancel()]);
    }

    /// <summary>The admin sends an order on its way, or gives money back.</summary>
    private async Task FulfilAsync()
    {
        if (AnyOrder() is not { } order)
            return;

        if (shop.HasRefunds && Chance(50))
        {
            var refund = new JsonObject { ["reason"] = "not as described" };
            if (Chance(60))
                refund["amount"] = 1 + Random.Shared.Next(20);
            await RepeatAsync("refund", $"/orders/{order}/refunds", refund, Guid.NewGuid().ToString(), shop.Admin);
            return;
        }

        string[] statuses = ["paid", "shipped", "delivered"];
        foreach (var status in statuses.Skip(shop.HasPayments ? 1 : 0).Take(1 + Random.Shared.Next(3)))
            tally.Count(status, await shop.Admin.SendAsync(HttpMethod.Put, shop.Anywhere($"/orders/{order}"), new JsonObject { ["status"] = status }));
    }

    /// <summary>The admin counts a product's stock while it is being sold.</summary>
    private async Task RecountAsync()
    {
        var product = 3 * (1 + Random.Shared.Next(shop.Catalog.Products / 3));
        tally.Count("recount", await shop.Admin.SendAsync(
            HttpMethod.Patch, shop.Anywhere($"/products/{product}"), new JsonObject { ["stock"] = Random.Shared.Next(40) }));
    }

    private async Task<Answer[]> RepeatAsync(string what, string path, JsonObject body, string key, Client? by = null)
    {
        Task<Answer> Post() => SendAsync(what, HttpMethod.Post, path, body, key, by);
        List<Answer> answers = Chance(20) ? [.. await Task.WhenAll(Post(), Post())] : [await Post()];
        if (Chance(20))
            answers.Add(await Post());
        if (answers.Where(answer => answer.Succeeded).Select(Id).Distinct().Count() > 1)
            tally.Contradiction($"{what}: the same request under one key had several effects: {string.Join(" | ", answers.Select(answer => answer.Body))}");
        return [.. answers];
    }

    /// <summary>Remembers what was placed, and mostly pays for it.</summary>
    private async Task FinishAsync(Answer[] answers)
    {
        if (answers.FirstOrDefault(answer => answer.Succeeded) is not { } placed)
            return;

        var order = Id(placed);
        tally.Placed(order);
        _orders.Add(order);
        if (_orders.Count > OrdersRemembered)
            _orders.RemoveAt(0);
        if (!shop.HasPayments || Chance(25))
            return;

        var payments = Chance(15) ? await Task.WhenAll(PayAsync(order), PayAsync(order)) : [await PayAsync(order)];
        if (payments.Length > 1 && payments.All(payment => payment.Succeeded))
            tally.Contradiction($"Order {order} was paid twice: {payments[0].Body} | {payments[1].Body}");
    }

    /// <summary>Pays, mostly once; the same payment again under its key is no other payment.</summary>
    private async Task<Answer> PayAsync(long order)
    {
        var method = Random.Shared.Next(100) switch
        {
            < 80 => "sandbox_ok",
            < 92 => "sandbox_declined",
            < 95 => "sandbox_timeout_charged",
            < 98 => "sandbox_timeout_not_charged",
            _ => "sandbox_slow",
        };
        var (path, body) = ($"/orders/{order}/payments", new JsonObject { ["method"] = method });
        if (Chance(30))
            return await PostAsync("pay", path, body);

        var answers = await RepeatAsync("pay", path, body, Guid.NewGuid().ToString());
        return answers.FirstOrDefault(answer => answer.Succeeded) ?? answers[0];
    }

    private long? AnyOrder() => _orders.Count == 0 ? null : _orders[Random.Shared.Next(_orders.Count)];

    private JsonArray Lines(int? count = null) =>
    [
        .. Enumerable.Range(0, count ?? (1 + Random.Shared.Next(MaxLines))).Select(_ => new JsonObject
        {
            ["product_id"] = 1 + Random.Shared.Next(shop.Catalog.Products), ["quantity"] = 1 + Random.Shared.Next(MaxQuantity),
        }),
    ];

    private static long Id(Answer answer) => (long)answer.Json["id"]!;

    private Task<Answer> PostAsync(string what, string path, JsonObject body, string? key = null) => SendAsync(what, HttpMethod.Post, path, body, key);

    private async Task<Answer> SendAsync(string what, HttpMethod method, string path, JsonObject? body = null, string? key = null, Client? by = null)
    {
        var answer = await (by ?? client).SendAsync(method, shop.Anywhere(path), body, key);
        tally.Count(what, answer);
        return answer;
    }
}
