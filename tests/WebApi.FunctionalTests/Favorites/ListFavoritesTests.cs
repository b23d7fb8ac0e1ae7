using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Favorites;

public sealed class ListFavoritesTests : ShopTest
{
    [Test]
    public async Task One_walks_the_newest_of_ones_own_first_while_favorites_come_and_go()
    {
        var user = await Shop.CustomerAsync();
        var ids = new List<long>();
        for (var i = 0; i < 9; i++)
        {
            ids.Add(await LikeAsync(user));
        }

        await LikeAsync(await Shop.CustomerAsync());
        await Shop.ScalarAsync<int>($"UPDATE favorites SET created_at = now() WHERE product_id IN ({ids[3]}, {ids[4]}) RETURNING 1");

        var walked = await Walk.ToEndAsync(
            user,
            "/favorites",
            limit: 2,
            between: async number =>
            {
                await LikeAsync(user);
                if (number == 1)
                {
                    (await user.DeleteAsync($"/favorites/{ids[0]}")).ShouldBe(204);
                    (await Admin.DeleteAsync($"/products/{ids[1]}")).ShouldBe(204);
                }
            });

        walked.Select(favorite => favorite.GetProperty("product_id").GetInt64())
            .ShouldBe([ids[4], ids[3], ids[8], ids[7], ids[6], ids[5], ids[2]]);
    }

    [Test]
    public async Task Each_shows_its_product_as_the_catalog_does_and_what_left_the_catalog_vanishes()
    {
        var user = await Shop.CustomerAsync();
        var id = await LikeAsync(user);
        (await Admin.PostAsync($"/products/{id}/reviews", new { rating = 4 })).ShouldBe(201);

        var page = (await user.GetAsync("/favorites?count=true")).ShouldBe(200);
        page.Header("X-Total-Count").ShouldBe("1");
        page.Json[0].GetProperty("product").GetRawText().ShouldBe((await user.GetAsync($"/products/{id}")).Body);

        (await Admin.DeleteAsync($"/products/{id}")).ShouldBe(204);
        (await user.GetAsync("/favorites")).ShouldBe(200).Body.ShouldBe("[]");
        (await user.GetAsync($"/favorites/{id}")).ShouldBeProblem(404, "favorite_not_found");
    }

    [Test]
    public async Task Nobody_signed_in_is_401_and_a_forged_cursor_400()
    {
        (await Shop.Anonymous().GetAsync("/favorites")).ShouldBeProblem(401, "unauthenticated");
        (await Admin.GetAsync("/favorites?cursor=forged")).ShouldBeProblem(400, "validation_failed", "cursor");
    }

    private async Task<long> LikeAsync(Actor user)
    {
        var id = await ProductAsync();
        (await user.PostAsync("/favorites", new { product_id = id })).ShouldBe(201);
        return id;
    }
}
