using System.Text.Json;

namespace Shop.WebApi.FunctionalTests.Reviews;

public sealed class UpdateReviewTests : ReviewTest
{
    [Test]
    public async Task Only_what_is_given_changes()
    {
        var product = await ProductAsync();
        var path = $"/reviews/{(await ReviewAsync(Admin, product, 2, "Fair")).Id}";

        var rated = (await Admin.PatchAsync(path, new { rating = 5 })).ShouldBe(200);
        (rated["rating"].GetInt32(), rated["comment"].GetString()).ShouldBe((5, "Fair"));
        var emptied = (await Admin.PatchAsync(path, "{\"comment\":null}")).ShouldBe(200);
        emptied["rating"].GetInt32().ShouldBe(5);
        emptied["comment"].ValueKind.ShouldBe(JsonValueKind.Null);
        (await RatingAsync(product)).ShouldBe((5m, 1));
    }

    [Test]
    public async Task A_stale_version_is_412()
    {
        var made = await ReviewAsync(Admin, await ProductAsync(), 1);
        (await Admin.PatchAsync($"/reviews/{made.Id}", new { rating = 2 }, ("If-Match", made.ETag))).ShouldBe(200);

        (await Admin.PatchAsync($"/reviews/{made.Id}", new { rating = 3 }, ("If-Match", made.ETag))).ShouldBeProblem(412, "precondition_failed");
    }

    [Test]
    public async Task Somebody_elses_is_403_nobodys_401_and_an_unknown_one_404()
    {
        var path = $"/reviews/{(await ReviewAsync(Admin, await ProductAsync(), 1)).Id}";

        (await (await Shop.CustomerAsync()).PatchAsync(path, new { rating = 5 })).ShouldBeProblem(403, "review_not_yours");
        (await Shop.Anonymous().PatchAsync(path, new { rating = 5 })).ShouldBeProblem(401, "unauthenticated");
        (await Admin.PatchAsync("/reviews/999999999", new { rating = 5 })).ShouldBeProblem(404, "review_not_found");
    }

    [TestCase("{\"rating\":null}", "rating")]
    [TestCase("{\"rating\":0}", "rating")]
    [TestCase("{\"comment\":[]}", "comment")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field)
    {
        var made = await ReviewAsync(Admin, await ProductAsync(), 1);

        (await Admin.PatchAsync($"/reviews/{made.Id}", body)).ShouldBeProblem(400, "validation_failed", field);
    }
}
