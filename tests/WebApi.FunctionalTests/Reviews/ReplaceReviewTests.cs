using System.Text.Json;

namespace Shop.WebApi.FunctionalTests.Reviews;

public sealed class ReplaceReviewTests : ReviewTest
{
    [Test]
    public async Task The_rating_follows_and_an_absent_comment_becomes_empty()
    {
        var author = await Shop.CustomerAsync();
        var product = await ProductAsync();
        await ReviewAsync(Admin, product, 5);
        var made = await ReviewAsync(author, product, 1, "Bad");

        var replaced = (await author.PutAsync($"/reviews/{made.Id}", new { rating = 4 })).ShouldBe(200);

        replaced["rating"].GetInt32().ShouldBe(4);
        replaced["comment"].ValueKind.ShouldBe(JsonValueKind.Null);
        replaced["created_at"].GetString().ShouldBe(made["created_at"].GetString());
        (await RatingAsync(product)).ShouldBe((4.5m, 2));
    }

    [Test]
    public async Task A_stale_version_is_412_and_changes_nothing()
    {
        var product = await ProductAsync();
        var made = await ReviewAsync(Admin, product, 1);
        var path = $"/reviews/{made.Id}";
        var edited = (await Admin.PutAsync(path, new { rating = 2 }, ("If-Match", made.ETag))).ShouldBe(200);

        (await Admin.PutAsync(path, new { rating = 5 }, ("If-Match", made.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await Admin.GetAsync(path)).Body.ShouldBe(edited.Body);
        (await RatingAsync(product)).ShouldBe((2m, 1));
    }

    [Test]
    public async Task Somebody_elses_is_403_but_for_an_admin_nobodys_401_and_an_unknown_one_404()
    {
        var made = await ReviewAsync(await Shop.CustomerAsync(), await ProductAsync(), 1);
        var path = $"/reviews/{made.Id}";

        (await (await Shop.CustomerAsync()).PutAsync(path, new { rating = 5 })).ShouldBeProblem(403, "review_not_yours");
        (await Shop.Anonymous().PutAsync(path, new { rating = 5 })).ShouldBeProblem(401, "unauthenticated");
        (await Admin.PutAsync("/reviews/999999999", new { rating = 5 })).ShouldBeProblem(404, "review_not_found");
        var moderated = (await Admin.PutAsync(path, new { rating = 1, comment = "Moderated" })).ShouldBe(200);
        moderated["user_id"].GetInt64().ShouldBe(made["user_id"].GetInt64());
    }

    [TestCase("{}", "rating")]
    [TestCase("{\"rating\":9}", "rating")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field)
    {
        var made = await ReviewAsync(Admin, await ProductAsync(), 1);

        (await Admin.PutAsync($"/reviews/{made.Id}", body)).ShouldBeProblem(400, "validation_failed", field);
    }
}
