using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Favorites;

public sealed class RemoveFavoriteTests : ShopTest
{
    [Test]
    public async Task It_goes_once_however_many_try_at_once_and_may_come_again()
    {
        var user = await Shop.CustomerAsync();
        var id = await ProductAsync();
        (await user.PostAsync("/favorites", new { product_id = id })).ShouldBe(201);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => user.DeleteAsync($"/favorites/{id}")));

        answers.Select(answer => answer.Status).Order().ShouldBe([204, 404, 404, 404]);
        (await user.PostAsync("/favorites", new { product_id = id })).ShouldBe(201);
    }

    [Test]
    public async Task One_of_somebody_else_or_none_at_all_is_404_and_nobody_signed_in_401()
    {
        var id = await ProductAsync();
        (await Admin.PostAsync("/favorites", new { product_id = id })).ShouldBe(201);

        (await (await Shop.CustomerAsync()).DeleteAsync($"/favorites/{id}")).ShouldBeProblem(404, "favorite_not_found");
        (await Admin.DeleteAsync("/favorites/999999999")).ShouldBeProblem(404, "favorite_not_found");
        (await Shop.Anonymous().DeleteAsync($"/favorites/{id}")).ShouldBeProblem(401, "unauthenticated");
        (await Admin.GetAsync($"/favorites/{id}")).ShouldBe(200);
    }
}
