using System.Text.Json;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Users;

public sealed class EraseUserTests : ShopTest
{
    [Test]
    public async Task The_person_is_gone_and_so_is_every_way_in()
    {
        var user = await Shop.CustomerAsync();
        var email = $"{user.Username}@example.org";
        (await user.PatchAsync($"/users/{user.UserId}", new { email, first_name = "Anna", last_name = "Secret", gender = "f" })).ShouldBe(200);

        var erased = (await user.DeleteAsync($"/users/{user.UserId}")).ShouldBe(200);

        erased.Id.ShouldBe(user.UserId);
        foreach (var member in (string[])["email", "first_name", "last_name", "gender"])
        {
            erased[member].ValueKind.ShouldBe(JsonValueKind.Null, member);
        }

        erased.Body.ShouldNotContain(user.Username);
        (await user.GetAsync("/users/me")).ShouldBeProblem(401, "unauthenticated");
        (await Admin.GetAsync($"/users/{user.UserId}")).ShouldBeProblem(404, "user_not_found");
        (await Admin.DeleteAsync($"/users/{user.UserId}")).ShouldBeProblem(404, "user_not_found");
        (await Admin.PatchAsync($"/users/{user.UserId}", new { gender = "x" })).ShouldBeProblem(404, "user_not_found");
        (await Admin.PutAsync($"/users/{user.UserId}/roles", new { roles = Array.Empty<string>() })).ShouldBeProblem(404, "user_not_found");
        (await Admin.GetAsync($"/users?search={user.Username}")).ShouldBe(200).Body.ShouldBe("[]");
        (await Shop.Anonymous().PostAsync("/auth/login", new { login = user.Username, password = "correct horse" })).ShouldBeProblem(401, "wrong_credentials");
        (await Shop.Anonymous().PostAsync("/auth/login", new { login = erased["username"].GetString(), password = "correct horse" })).ShouldBe(401);
        (await Shop.Anonymous().PostAsync("/auth/refresh", new { refresh_token = user.RefreshToken })).ShouldBeProblem(401, "refresh_token_invalid");
    }

    [Test]
    public async Task Nothing_personal_is_left_in_the_database()
    {
        var user = await Shop.CustomerAsync();
        var secret = "s" + Guid.NewGuid().ToString("N");
        (await user.PatchAsync($"/users/{user.UserId}", new { email = $"{secret}@example.org", first_name = secret, last_name = secret })).ShouldBe(200);
        await OrderAsync(user, "delivered", secret);
        await OrderAsync(user, "active", secret);

        (await user.DeleteAsync($"/users/{user.UserId}")).ShouldBe(200);

        (await Shop.ScalarAsync<long>($"""
            SELECT (SELECT count(*) FROM users u WHERE u::text ILIKE '%{secret}%' OR u::text ILIKE '%{user.Username}%')
                + (SELECT count(*) FROM orders o WHERE o::text ILIKE '%{secret}%')
                + (SELECT count(*) FROM accounts WHERE id = {user.UserId})
                + (SELECT count(*) FROM sessions WHERE user_id = {user.UserId})
            """)).ShouldBe(0);
    }

    [Test]
    public async Task Names_are_free_again_and_nobody_can_stand_in_the_way()
    {
        var user = await Shop.CustomerAsync();
        await Shop.Anonymous().PostAsync("/users", new { username = $"erased-{user.UserId}" });
        await Shop.Anonymous().PostAsync("/users", new { username = $"erased:{user.UserId}" });

        (await user.DeleteAsync($"/users/{user.UserId}")).ShouldBe(200);

        (await Shop.Anonymous().PostAsync("/auth/register", new { username = user.Username, password = "another horse" })).ShouldBe(201);
        (await Shop.SignInAsync(user.Username, "another horse")).Token.ShouldNotBeNull();
    }

    [Test]
    public async Task Their_listings_leave_the_catalog_and_others_stay()
    {
        var (user, other) = (await Shop.CustomerAsync(), await Shop.CustomerAsync());
        var (theirs, others) = (await ProductAsync(seller: user), await ProductAsync(seller: other));

        (await user.DeleteAsync($"/users/{user.UserId}")).ShouldBe(200);

        (await Admin.GetAsync($"/products/{theirs}")).ShouldBeProblem(404, "product_not_found");
        (await Admin.GetAsync($"/products?seller_id={user.UserId}")).ShouldBe(200).Body.ShouldBe("[]");
        (await Admin.GetAsync($"/products/{others}")).ShouldBe(200);
    }

    [Test]
    public async Task Active_orders_are_cancelled_and_other_orders_and_reviews_stay()
    {
        var user = await Shop.CustomerAsync();
        var (active, placed, delivered) = (await OrderAsync(user, "active"), await OrderAsync(user, "placed"), await OrderAsync(user, "delivered"));
        var product = await ProductAsync();
        var review = await Shop.ScalarAsync<long>($"""
            INSERT INTO reviews (id, product_id, user_id, rating, version, created_at, updated_at)
            VALUES (nextval('review_ids') * 1000 + {user.UserId}, {product}, {user.UserId}, 5, 1, now(), now()) RETURNING id
            """);

        (await user.DeleteAsync($"/users/{user.UserId}")).ShouldBe(200);

        (await StatusAsync(active)).ShouldBe("cancelled/user_erased");
        (await StatusAsync(placed)).ShouldBe("placed/-");
        (await StatusAsync(delivered)).ShouldBe("delivered/-");
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM reviews WHERE id = {review}")).ShouldBe(1);
    }

    [Test]
    public async Task Somebody_elses_is_404_nobodys_is_401_and_the_admin_may()
    {
        var (user, other) = (await Shop.CustomerAsync(), await Shop.CustomerAsync());

        (await other.DeleteAsync($"/users/{user.UserId}")).ShouldBeProblem(404, "user_not_found");
        (await Shop.Anonymous().DeleteAsync($"/users/{user.UserId}")).ShouldBeProblem(401, "unauthenticated");
        (await user.GetAsync("/users/me")).ShouldBe(200);
        (await Admin.DeleteAsync($"/users/{user.UserId}")).ShouldBe(200);
        (await user.GetAsync("/users/me")).ShouldBeProblem(401, "unauthenticated");
    }

    [Test]
    public async Task A_stale_version_is_412()
    {
        var user = await Shop.CustomerAsync();
        var path = $"/users/{user.UserId}";
        var tag = (await user.GetAsync(path)).ETag;
        (await user.PatchAsync(path, new { gender = "x" })).ShouldBe(200);

        (await user.DeleteAsync(path, ("If-Match", tag))).ShouldBeProblem(412, "precondition_failed");
        (await user.DeleteAsync(path, ("If-Match", (await user.GetAsync(path)).ETag))).ShouldBe(200);
    }

    [Test]
    public async Task Of_many_at_once_one_erases()
    {
        var user = await Shop.CustomerAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Admin.DeleteAsync($"/users/{user.UserId}")));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Status == 404);
    }

    private Task<long> OrderAsync(Actor user, string status, string name = "Anna") => Shop.ScalarAsync<long>($"""
        INSERT INTO orders (id, user_id, origin, status, subtotal, discount, shipping, tax, total, version, created_at, updated_at,
            shipping_name, shipping_line1, shipping_city, shipping_postal_code, shipping_country)
        VALUES (nextval('order_ids') * 1000000 + {Random.Shared.Next(1_000_000)}, {user.UserId}, 'shop', '{status}', 0, 0, 0, 0, 0, 1, now(), now(),
            '{name}', 'x', 'x', 'x', 'DE') RETURNING id
        """);

    private Task<string> StatusAsync(long order) =>
        Shop.ScalarAsync<string>($"SELECT status || '/' || coalesce(cancel_reason, '-') FROM orders WHERE id = {order} AND shipping_name IS NULL");
}
