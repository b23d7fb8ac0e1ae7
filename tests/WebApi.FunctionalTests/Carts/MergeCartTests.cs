using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Carts;

public sealed class MergeCartTests : ShopTest
{
    private const string Password = "correct horse";

    [Test]
    public async Task Registering_takes_the_guests_cart_along()
    {
        var guest = Shop.Anonymous();
        var product = await ProductAsync();
        await guest.PutInCartAsync(product, 2);
        var username = Unique("merge").Replace(' ', '-');

        (await guest.PostAsync("/auth/register", new { username, password = Password })).ShouldBe(201);
        var buyer = await Shop.SignInAsync(username, Password);

        await ShouldHoldAsync(buyer, (product, 2));
        (await guest.GetAsync("/cart")).List("items").ShouldBeEmpty("the guest's cart is gone");
    }

    [Test]
    public async Task Signing_in_adds_up_what_lies_in_both_carts_once()
    {
        var buyer = await Shop.CustomerAsync();
        var both = await ProductAsync();
        var guests = await ProductAsync();
        await buyer.PutInCartAsync(both, 3);
        var guest = Shop.Anonymous();
        await guest.PutInCartAsync(both, 2);
        await guest.PutInCartAsync(guests);

        await SignInAsync(guest, buyer);
        await SignInAsync(guest, buyer);

        await ShouldHoldAsync(buyer, (guests, 1), (both, 5));
    }

    [Test]
    public async Task Signing_in_several_times_at_once_merges_once()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        var guest = Shop.Anonymous();
        await guest.PutInCartAsync(product, 4);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SignInAsync(guest, buyer)));

        await ShouldHoldAsync(buyer, (product, 4));
    }

    [Test]
    public async Task Two_guests_carts_merged_while_the_buyer_adds_lose_nothing()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        var guests = new[] { Shop.Anonymous(), Shop.Anonymous(), Shop.Anonymous() };
        foreach (var guest in guests)
        {
            await guest.PutInCartAsync(product, 10);
        }

        await Task.WhenAll(
            [.. guests.Select(guest => SignInAsync(guest, buyer)), .. Enumerable.Range(0, 5).Select(_ => buyer.PutInCartAsync(product))]);

        await ShouldHoldAsync(buyer, (product, 35));
    }

    [Test]
    public async Task A_line_is_full_at_a_million_units_and_signing_in_still_works()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        await buyer.PutInCartAsync(product, 999_999);
        var guest = Shop.Anonymous();
        await guest.PutInCartAsync(product, 5);

        await SignInAsync(guest, buyer);

        await ShouldHoldAsync(buyer, (product, 1_000_000));
    }

    [Test]
    public async Task An_unknown_token_does_not_keep_anybody_out()
    {
        var buyer = await Shop.CustomerAsync();
        var guest = Shop.Anonymous();
        guest.CartToken = "unknown";

        await SignInAsync(guest, buyer);

        (await buyer.GetAsync("/cart")).List("items").ShouldBeEmpty();
    }

    [Test]
    public async Task A_wrong_password_leaves_the_guests_cart_alone()
    {
        var buyer = await Shop.CustomerAsync();
        var guest = Shop.Anonymous();
        await guest.PutInCartAsync(await ProductAsync());

        (await guest.PostAsync("/auth/login", new { login = buyer.Username, password = "wrong password" })).ShouldBe(401);

        (await guest.GetAsync("/cart")).List("items").Count.ShouldBe(1);
        (await buyer.GetAsync("/cart")).List("items").ShouldBeEmpty();
    }

    private static async Task<Answer> SignInAsync(Actor guest, Actor buyer) =>
        (await guest.PostAsync("/auth/login", new { login = buyer.Username, password = Password })).ShouldBe(200);

    private static async Task ShouldHoldAsync(Actor buyer, params (long Product, int Quantity)[] lines) =>
        (await buyer.GetAsync("/cart")).List("items")
            .Select(item => (item.GetProperty("product_id").GetInt64(), item.GetProperty("quantity").GetInt32()))
            .ShouldBe(lines);
}
