using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Outbox;

/// <summary>Which events there are after a request.</summary>
public sealed class StoredEventsTests : ShopTest
{
    [Test]
    public async Task An_orders_way_is_told_step_by_step()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.OrderAsync(await ProductAsync());
        (await Shop.EventsAsync("order", order.Id)).ShouldBe("");

        foreach (var status in (string[])["placed", "paid", "shipped", "delivered", "refunded"])
        {
            (await Admin.PutAsync($"/orders/{order.Id}", new { status })).ShouldBe(200);
        }

        (await Shop.EventsAsync("order", order.Id)).ShouldBe("order.placed 1, order.paid 2, order.shipped 3, order.delivered 4, order.refunded 5");
    }

    [Test]
    public async Task An_order_placed_at_once_tells_what_a_receiver_needs_and_nothing_personal()
    {
        var buyer = await Shop.CustomerAsync();
        var order = (await buyer.PostAsync("/orders", new
        {
            product_id = await ProductAsync(price: 12.50m),
            quantity = 2,
            status = "placed",
            shipping_address = Buying.Address("Secretville"),
        })).ShouldBe(201);

        var stored = await Shop.ScalarAsync<string>($"SELECT data FROM outbox WHERE aggregate_type = 'order' AND aggregate_id = {order.Id}");

        var data = JsonDocument.Parse(stored).RootElement;
        data.GetProperty("id").GetInt64().ShouldBe(order.Id);
        data.GetProperty("user_id").GetInt64().ShouldBe(buyer.UserId);
        data.GetProperty("status").GetString().ShouldBe("placed");
        data.GetProperty("total").GetDecimal().ShouldBe(25m);
        data.GetProperty("currency").GetString().ShouldBe("EUR");
        data.GetProperty("placed_at").GetDateTimeOffset().ShouldBe(order["placed_at"].GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        data.GetProperty("paid_at").ValueKind.ShouldBe(JsonValueKind.Null);
        data.TryGetProperty("occurred_at", out _).ShouldBeFalse();
        stored.ShouldNotContain("Secretville");
        stored.ShouldNotContain(buyer.Username);
    }

    [Test]
    public async Task A_cancelled_order_says_why()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.OrderAsync(await ProductAsync(), status: "placed");

        (await buyer.DeleteAsync($"/orders/{order.Id}")).ShouldBe(200);

        (await Shop.EventsAsync("order", order.Id)).ShouldBe("order.placed 1, order.cancelled 2");
        (await Shop.ScalarAsync<string>($"SELECT data::json ->> 'cancel_reason' FROM outbox WHERE aggregate_type = 'order' AND aggregate_id = {order.Id} AND sequence = 2"))
            .ShouldBe("customer");
    }

    [Test]
    public async Task Every_refund_is_told_with_its_amount_and_the_last_one_with_the_order_too()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.BuyAsync(await ProductAsync(price: 10m));

        var part = (await Admin.PostAsync($"/orders/{order}/refunds", new { amount = 4, reason = "Anna is angry" })).ShouldBe(201);
        (await Shop.EventsAsync("order", order)).ShouldBe("order.placed 1, order.paid 2");
        var rest = (await Admin.PostAsync($"/orders/{order}/refunds", new { reason = "x" })).ShouldBe(201);

        (await Shop.EventsAsync("order", order)).ShouldBe("order.placed 1, order.paid 2, order.refunded 3");
        (await Shop.EventsAsync("refund", rest.Id)).ShouldBe("refund.succeeded 1");
        (await Shop.EventsAsync("refund", part.Id)).ShouldBe("refund.succeeded 1");
        var stored = await Shop.ScalarAsync<string>($"SELECT data FROM outbox WHERE aggregate_type = 'refund' AND aggregate_id = {part.Id}");
        var data = JsonDocument.Parse(stored).RootElement;
        (data.GetProperty("order_id").GetInt64(), data.GetProperty("payment_id").GetInt64()).ShouldBe((order, part["payment_id"].GetInt64()));
        (data.GetProperty("amount").GetDecimal(), data.GetProperty("currency").GetString()).ShouldBe((4m, "EUR"));
        stored.ShouldNotContain("angry");
    }

    [Test]
    public async Task What_is_refused_tells_nothing()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 1);
        var order = await buyer.OrderAsync(product, quantity: 2);

        (await buyer.PutAsync($"/orders/{order.Id}", new { status = "placed" })).ShouldBeProblem(409, "insufficient_stock");
        (await buyer.PostAsync($"/orders/{order.Id}/checkout", new { shipping_address = Buying.Address(), expected_total = 1 })).ShouldBe(409);
        (await Admin.PutAsync($"/products/{product}", new { name = "", price = 1 })).ShouldBe(400);

        (await Shop.EventsAsync("order", order.Id)).ShouldBe("");
        (await Shop.EventsAsync("product", product)).ShouldBe("product.created 1");
    }

    [Test]
    public async Task What_is_rolled_back_after_it_was_saved_tells_nothing()
    {
        var sku = "E2-" + Guid.NewGuid().ToString("N");
        await using var scope = Shop.Services.CreateAsyncScope();
        var products = scope.ServiceProvider.GetRequiredService<IRepository<Product>>();
        var unitOfWork = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var refusal = new Error(ErrorKind.Conflict, "refused", "No.");

        var outcome = await unitOfWork.ExecuteAsync<Result>(
            async () =>
            {
                await unitOfWork.ExecuteAsync<Result>(
                    async () =>
                    {
                        await products.AddAsync(Product.List(sku, new ProductDetails("Thing", null, Money.Zero, null, null), 0, null, DateTimeOffset.UtcNow), default);
                        return Result.Ok;
                    },
                    default);
                return refusal;
            },
            default);

        outcome.Error.ShouldBe(refusal);
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM outbox WHERE data::json ->> 'sku' = '{sku}'")).ShouldBe(0);
    }

    [Test]
    public async Task One_edit_of_a_product_is_one_update_and_an_edit_that_changes_nothing_is_none()
    {
        var product = await ProductAsync(price: 10m, stock: 5);

        (await Admin.PatchAsync($"/products/{product}", new { name = "New name", price = 11, stock = 7 })).ShouldBe(200);
        (await Admin.PatchAsync($"/products/{product}", new { name = "New name", price = 11, stock = 7 })).ShouldBe(200);
        (await Admin.PutAsync($"/products/{product}", new { name = "New name", price = 11 })).ShouldBe(200);
        (await Admin.PatchAsync($"/products/{product}", new { stock = 8 })).ShouldBe(200);
        (await Admin.DeleteAsync($"/products/{product}")).ShouldBe(204);

        (await Shop.EventsAsync("product", product)).ShouldBe("product.created 1, product.updated 2, product.updated 3, product.deleted 4");
        (await Shop.ScalarAsync<string>($"SELECT (data::json ->> 'name') || (data::json ->> 'price') || (data::json ->> 'stock') FROM outbox WHERE aggregate_type = 'product' AND aggregate_id = {product} AND sequence = 2"))
            .ShouldBe("New name117");
    }

    [Test]
    public async Task A_sale_and_a_review_are_no_update_of_the_product()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();

        await buyer.OrderAsync(product, status: "placed");
        (await buyer.PostAsync($"/products/{product}/reviews", new { rating = 5 })).ShouldBe(201);

        (await Shop.EventsAsync("product", product)).ShouldBe("product.created 1");
    }

    [Test]
    public async Task A_recorded_purchase_is_told_as_paid()
    {
        var buyer = await Shop.CustomerAsync();
        var purchase = (await Admin.PostAsync("/purchases", new { user_id = buyer.UserId, product_id = await ProductAsync() })).ShouldBe(201);

        (await Shop.EventsAsync("order", purchase["order_id"].GetInt64())).ShouldBe("order.paid 1");
        (await Shop.EventsAsync("user", buyer.UserId)).ShouldBe("user.registered 1");
    }

    [Test]
    public async Task Who_is_erased_has_their_open_orders_and_listings_told()
    {
        var user = await Shop.CustomerAsync();
        var listing = await ProductAsync(seller: user);
        var (open, placed) = (await user.OrderAsync(listing), await user.OrderAsync(listing, status: "placed"));

        (await user.DeleteAsync($"/users/{user.UserId}")).ShouldBe(200);

        (await Shop.EventsAsync("order", open.Id)).ShouldBe("order.cancelled 1");
        (await Shop.EventsAsync("order", placed.Id)).ShouldBe("order.placed 1");
        (await Shop.EventsAsync("product", listing)).ShouldBe("product.created 1, product.deleted 2");
    }

    [Test]
    public async Task Edits_at_once_are_counted_without_a_gap()
    {
        var product = await ProductAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Admin.PatchAsync($"/products/{product}", new { name = $"Name {i}" })));

        answers.ShouldAllBe(answer => answer.Status == 200);
        (await Shop.EventsAsync("product", product)).ShouldBe("product.created 1, " + string.Join(", ", Enumerable.Range(2, 20).Select(i => $"product.updated {i}")));
    }

    [Test]
    public async Task An_import_tells_nothing()
    {
        var sku = "IMPORT-" + Guid.NewGuid().ToString("N");
        using var csv = new StringContent($"sku,name,price\n{sku},Thing,10\n", System.Text.Encoding.UTF8, "text/csv");

        (await Admin.SendAsync(HttpMethod.Post, "/products/data/backfill", csv)).ShouldBe(200);

        (await Shop.EventsAsync("product", await Shop.ScalarAsync<long>($"SELECT id FROM products WHERE sku = '{sku}'"))).ShouldBe("");
    }
}
