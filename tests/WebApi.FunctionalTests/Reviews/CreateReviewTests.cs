using System.Text.Json;

namespace Shop.WebApi.FunctionalTests.Reviews;

public sealed class CreateReviewTests : ReviewTest
{
    [Test]
    public async Task The_answer_shows_the_review_and_the_product_its_rating()
    {
        var author = await Shop.CustomerAsync();
        var product = await ProductAsync();

        var made = await ReviewAsync(author, product, 4, "Bright & warm");

        made.Header("Location").ShouldBe($"/reviews/{made.Id}");
        made["product_id"].GetInt64().ShouldBe(product);
        made["user_id"].GetInt64().ShouldBe(author.UserId);
        made["author"].GetString().ShouldBe(author.Username);
        made["rating"].GetInt32().ShouldBe(4);
        made["comment"].GetString().ShouldBe("Bright & warm");
        made["verified_purchase"].GetBoolean().ShouldBeFalse();
        made["updated_at"].GetString().ShouldBe(made["created_at"].GetString());
        var found = await Shop.Anonymous().GetAsync($"/reviews/{made.Id}");
        (found.Body, found.ETag).ShouldBe((made.Body, made.ETag));
        (await RatingAsync(product)).ShouldBe((4m, 1));
    }

    [Test]
    public async Task The_mean_is_shown_with_two_decimals()
    {
        var product = await ProductAsync();
        foreach (var rating in (int[])[5, 5, 3])
        {
            await ReviewAsync(await Shop.CustomerAsync(), product, rating);
        }

        (await RatingAsync(product)).ShouldBe((4.33m, 3));
    }

    [Test]
    public async Task A_comment_may_be_missing()
    {
        var product = await ProductAsync();

        (await Admin.PostAsync($"/products/{product}/reviews", new { rating = 1 })).ShouldBe(201)["comment"].ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Test]
    public async Task One_user_reviews_a_product_once_however_often_they_try_at_once()
    {
        var author = await Shop.CustomerAsync();
        var product = await ProductAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => author.PostAsync($"/products/{product}/reviews", new { rating = 5 })));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409 && answer.Code == "already_reviewed");
        (await RatingAsync(product)).ShouldBe((5m, 1));
    }

    [Test]
    public async Task One_who_took_a_review_back_may_write_another()
    {
        var author = await Shop.CustomerAsync();
        var product = await ProductAsync();
        var first = await ReviewAsync(author, product, 1);
        (await author.DeleteAsync($"/reviews/{first.Id}")).ShouldBe(204);

        await ReviewAsync(author, product, 5);

        (await RatingAsync(product)).ShouldBe((5m, 1));
    }

    [Test]
    public async Task Nobody_signed_in_is_401_and_a_product_that_is_not_there_404()
    {
        var product = await ProductAsync();
        (await Shop.Anonymous().PostAsync($"/products/{product}/reviews", new { rating = 5 })).ShouldBeProblem(401, "unauthenticated");
        (await Admin.PostAsync("/products/999999999/reviews", new { rating = 5 })).ShouldBeProblem(404, "product_not_found");
        (await Admin.DeleteAsync($"/products/{product}")).ShouldBe(204);
        (await Admin.PostAsync($"/products/{product}/reviews", new { rating = 5 })).ShouldBeProblem(404, "product_not_found");
    }

    [TestCase("{}", "rating")]
    [TestCase("{\"rating\":null}", "rating")]
    [TestCase("{\"rating\":0}", "rating")]
    [TestCase("{\"rating\":6}", "rating")]
    [TestCase("{\"rating\":4.5}", "rating")]
    [TestCase("{\"rating\":\"5\"}", "rating")]
    [TestCase("{\"rating\":5,\"comment\":7}", "comment")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field) =>
        (await Admin.PostAsync($"/products/{await ProductAsync()}/reviews", body)).ShouldBeProblem(400, "validation_failed", field);

    [Test]
    public async Task A_comment_may_be_long_but_not_longer() =>
        (await Admin.PostAsync($"/products/{await ProductAsync()}/reviews", new { rating = 5, comment = new string('x', 5_001) }))
            .ShouldBeProblem(400, "validation_failed", "comment");
}
