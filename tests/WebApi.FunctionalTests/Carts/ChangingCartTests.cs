using Microsoft.Extensions.DependencyInjection;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Carts;

/// <summary>Carts that change at the moment they are checked out, and guest carts that nobody touches any more.</summary>
public sealed class ChangingCartTests : ShopTest
{
    [Test]
    public async Task A_line_taken_out_while_the_cart_is_checked_out_is_in_the_order_or_leaves_nothing_to_order()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 1_000);
        for (var round = 0; round < Rounds.Of(6); round++)
        {
            var line = (await buyer.PutInCartAsync(product, 2)).Id;

            var answers = await AtOnce.AllAsync(
                () => buyer.DeleteAsync($"/cart_items/{line}"),
                () => buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address(), expected_total = 20 }));

            if (answers[1].Status == 201)
            {
                answers[0].ShouldBeProblem(404, "cart_item_not_found");
                answers[1].Amount("total").ShouldBe(20m);
            }
            else
            {
                answers[0].ShouldBe(204);
                answers[1].ShouldBeProblem(409, "cart_empty");
            }

            (await buyer.GetAsync("/cart")).List("items").ShouldBeEmpty();
        }

        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task A_second_window_with_the_old_cart_makes_no_second_order()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        var line = (await buyer.PutInCartAsync(product, 2)).Id;
        (await CheckOutAsync(buyer)).ShouldBe(201);

        (await CheckOutAsync(buyer)).ShouldBeProblem(409, "cart_empty");
        (await buyer.PatchAsync($"/cart_items/{line}", new { quantity = 3 })).ShouldBeProblem(404, "cart_item_not_found");
        (await buyer.GetAsync("/orders")).Ids().Count.ShouldBe(1);
    }

    [Test]
    public async Task A_refused_checkout_leaves_the_cart_to_be_changed_and_checked_out_again()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 1);
        var line = (await buyer.PutInCartAsync(product, 2)).Id;
        (await CheckOutAsync(buyer)).ShouldBeProblem(409, "insufficient_stock");

        (await buyer.PatchAsync($"/cart_items/{line}", new { quantity = 1 })).ShouldBe(200);

        (await CheckOutAsync(buyer)).ShouldBe(201);
    }

    [Test]
    public async Task A_guests_cart_that_nobody_touched_for_60_days_is_forgotten_in_passing()
    {
        var clock = new FakeClock();
        await using var shop = await ShopServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        var seller = await shop.CustomerAsync();
        var product = (await seller.PostAsync("/products", new { name = "Thing", price = 10, stock = 5 })).ShouldBe(201).Id;
        await seller.PutInCartAsync(product);
        var (forgotten, touched) = (shop.Anonymous(), shop.Anonymous());
        await forgotten.PutInCartAsync(product);
        await touched.PutInCartAsync(product);
        clock.Advance(TimeSpan.FromDays(59));
        await touched.PutInCartAsync(product);
        clock.Advance(TimeSpan.FromDays(1));

        await shop.Anonymous().PutInCartAsync(product);

        (await forgotten.GetAsync("/cart")).List("items").ShouldBeEmpty();
        (await touched.GetAsync("/cart")).List("items").Count.ShouldBe(1);
        (await shop.ScalarAsync<long>($"SELECT count(*) FROM carts WHERE user_id = {seller.UserId}")).ShouldBe(1, "a known person's cart stays");
    }

    private static Task<Answer> CheckOutAsync(Actor buyer) => buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address() });
}
