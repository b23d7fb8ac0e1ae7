using System.Security.Cryptography;
using System.Text;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Carts;

public sealed class AddCartItemTests : ShopTest
{
    [Test]
    public async Task The_first_units_make_a_line_and_further_ones_add_up()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(price: 12.5m);

        var made = (await buyer.PostAsync("/cart_items", new { product_id = product, quantity = 2 })).ShouldBe(201);
        var added = (await buyer.PostAsync("/cart_items", new { productId = product })).ShouldBe(200);

        made["product_id"].GetInt64().ShouldBe(product);
        made.Text("name").ShouldNotBeNullOrEmpty();
        made["unit_price"].GetRawText().ShouldBe("12.50");
        made["quantity"].GetInt32().ShouldBe(2);
        made["line_total"].GetRawText().ShouldBe("25.00");
        made.Header("Location").ShouldBe($"/cart_items/{made.Id}");
        added.Id.ShouldBe(made.Id);
        added["quantity"].GetInt32().ShouldBe(3);
        made.Header("X-Cart-Token").ShouldBeNull("who is signed in needs no token");
    }

    [Test]
    public async Task A_guest_gets_a_token_once_and_only_its_hash_is_kept()
    {
        var guest = Shop.Anonymous();
        var product = await ProductAsync();

        var first = (await guest.PostAsync("/cart_items", new { product_id = product })).ShouldBe(201);
        var token = first.Header("X-Cart-Token")!;
        guest.CartToken = token;
        var second = (await guest.PostAsync("/cart_items", new { product_id = product })).ShouldBe(200);

        token.Length.ShouldBe(43);
        token.ShouldAllBe(c => char.IsAsciiLetterOrDigit(c) || c == '-' || c == '_');
        second.Header("X-Cart-Token").ShouldBeNull();
        second["quantity"].GetInt32().ShouldBe(2);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM carts WHERE encode(token_hash, 'hex') = '{hash}'")).ShouldBe(1);
    }

    [Test]
    public async Task An_unknown_token_is_as_good_as_none()
    {
        var guest = Shop.Anonymous();
        guest.CartToken = "nobody-has-this-token";

        var made = (await guest.PostAsync("/cart_items", new { product_id = await ProductAsync() })).ShouldBe(201);

        made.Header("X-Cart-Token").ShouldNotBeNull().ShouldNotBe("nobody-has-this-token");
    }

    [Test]
    public async Task Who_is_signed_in_does_not_touch_the_cart_of_a_token()
    {
        var guest = Shop.Anonymous();
        var product = await ProductAsync();
        await guest.PutInCartAsync(product);
        var buyer = await Shop.CustomerAsync();
        buyer.CartToken = guest.CartToken;

        (await buyer.PostAsync("/cart_items", new { product_id = product, quantity = 5 })).ShouldBe(201)["quantity"].GetInt32().ShouldBe(5);

        (await guest.GetAsync("/cart_items")).Json[0].GetProperty("quantity").GetInt32().ShouldBe(1);
    }

    [TestCase("{}", "validation_failed", "product_id")]
    [TestCase("{\"product_id\":null}", "validation_failed", "product_id")]
    [TestCase("{\"product_id\":\"1\"}", "validation_failed", "product_id")]
    [TestCase("{\"product_id\":999999999}", "product_unknown", "product_id")]
    [TestCase("{\"product_id\":1,\"quantity\":0}", "validation_failed", "quantity")]
    [TestCase("{\"product_id\":1,\"quantity\":-1}", "validation_failed", "quantity")]
    [TestCase("{\"product_id\":1,\"quantity\":1000001}", "validation_failed", "quantity")]
    [TestCase("{\"product_id\":1,\"quantity\":1.5}", "validation_failed", "quantity")]
    public async Task Bad_input_is_400_and_opens_no_cart(string body, string code, string field)
    {
        var refused = await Shop.Anonymous().PostAsync("/cart_items", body);

        refused.ShouldBeProblem(400, code, field);
        refused.Header("X-Cart-Token").ShouldBeNull();
    }

    [Test]
    public async Task A_line_holds_a_million_units_and_no_more()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        await buyer.PutInCartAsync(product, 1_000_000);

        (await buyer.PostAsync("/cart_items", new { product_id = product })).ShouldBeProblem(400, "quantity_out_of_range", "quantity");
    }

    [Test]
    public async Task A_product_that_left_the_catalog_is_unknown()
    {
        var product = await ProductAsync();
        (await Admin.DeleteAsync($"/products/{product}")).ShouldBe(204);

        (await Shop.Anonymous().PostAsync("/cart_items", new { product_id = product })).ShouldBeProblem(400, "product_unknown", "product_id");
    }

    [Test]
    public async Task A_bad_access_token_is_401_and_not_a_guest()
    {
        var nobody = Shop.Anonymous();
        nobody.Token = "forged";

        (await nobody.PostAsync("/cart_items", new { product_id = await ProductAsync() })).ShouldBeProblem(401, "unauthenticated");
        (await nobody.GetAsync("/cart")).ShouldBeProblem(401, "unauthenticated");
    }

    [Test]
    public async Task Twenty_at_once_add_up_exactly_in_one_cart()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => buyer.PostAsync("/cart_items", new { product_id = product })));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Count(answer => answer.Status == 200).ShouldBe(19);
        var line = (await buyer.GetAsync("/cart_items")).Json.EnumerateArray().ShouldHaveSingleItem();
        line.GetProperty("quantity").GetInt32().ShouldBe(20);
        answers.Select(answer => answer["quantity"].GetInt32()).Order().ShouldBe(Enumerable.Range(1, 20));
    }

    [Test]
    public async Task First_units_of_many_products_at_once_lie_in_one_cart()
    {
        var buyer = await Shop.CustomerAsync();
        var products = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ProductAsync()));

        var answers = await Task.WhenAll(products.Select(product => buyer.PostAsync("/cart_items", new { product_id = product })));

        answers.ShouldAllBe(answer => answer.Status == 201);
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM carts WHERE user_id = {buyer.UserId}")).ShouldBe(1);
        (await buyer.GetAsync("/cart_items")).Ids().Count.ShouldBe(8);
    }

    [Test]
    public async Task A_guests_requests_at_once_add_up_too()
    {
        var guest = Shop.Anonymous();
        var product = await ProductAsync();
        await guest.PutInCartAsync(product);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => guest.PutInCartAsync(product, 2)));

        (await guest.GetAsync("/cart")).List("items")[0].GetProperty("quantity").GetInt32().ShouldBe(21);
    }
}
