using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Favorites;

public sealed class AddFavoriteTests : ShopTest
{
    [Test]
    public async Task The_first_time_is_201_and_again_200_with_the_same_answer()
    {
        var user = await Shop.CustomerAsync();
        var id = await ProductAsync();

        var first = (await user.PostAsync("/favorites", new { product_id = id })).ShouldBe(201);
        var again = (await user.PostAsync("/favorites", new { productId = id })).ShouldBe(200);

        first["product_id"].GetInt64().ShouldBe(id);
        first["product"].GetProperty("id").GetInt64().ShouldBe(id);
        first.Header("Location").ShouldBe($"/favorites/{id}");
        again.Body.ShouldBe(first.Body);
        (await user.GetAsync($"/favorites/{id}")).ShouldBe(200).Body.ShouldBe(first.Body);
    }

    [Test]
    public async Task However_often_it_comes_at_once_it_is_there_once_and_never_an_error()
    {
        var user = await Shop.CustomerAsync();
        var id = await ProductAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => user.PostAsync("/favorites", new { product_id = id })));

        answers.Select(answer => answer.Status).Order().ShouldBe([200, 200, 200, 200, 200, 200, 200, 201]);
        (await user.GetAsync("/favorites")).Json.GetArrayLength().ShouldBe(1);
    }

    [Test]
    public async Task A_product_that_does_not_exist_or_left_the_catalog_is_400()
    {
        var user = await Shop.CustomerAsync();
        var id = await ProductAsync();
        (await Admin.DeleteAsync($"/products/{id}")).ShouldBe(204);

        (await user.PostAsync("/favorites", new { product_id = id })).ShouldBeProblem(400, "product_unknown", "product_id");
        (await user.PostAsync("/favorites", new { product_id = 999_999_999 })).ShouldBeProblem(400, "product_unknown", "product_id");
    }

    [TestCase("{}")]
    [TestCase("{\"product_id\":null}")]
    [TestCase("{\"product_id\":\"1\"}")]
    [TestCase("{\"product_id\":99999999999999999999}")]
    public async Task Bad_input_is_400_and_names_the_field(string body) =>
        (await Admin.PostAsync("/favorites", body)).ShouldBeProblem(400, "validation_failed", "product_id");

    [Test]
    public async Task Nobody_signed_in_is_401() =>
        (await Shop.Anonymous().PostAsync("/favorites", new { product_id = 1 })).ShouldBeProblem(401, "unauthenticated");
}
