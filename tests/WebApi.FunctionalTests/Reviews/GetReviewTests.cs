using System.Text.Json;

namespace Shop.WebApi.FunctionalTests.Reviews;

public sealed class GetReviewTests : ReviewTest
{
    [TestCase("Ada", "Lovelace", "Ada Lovelace")]
    [TestCase("Ada", null, "Ada")]
    [TestCase(null, "Lovelace", "Lovelace")]
    [TestCase("", null, null)]
    public async Task The_author_is_first_and_last_name_if_given_else_the_username(string? first, string? last, string? shown)
    {
        var author = await Shop.CustomerAsync();
        var review = await ReviewAsync(author, await ProductAsync(), 5);
        (await author.PatchAsync($"/users/{author.UserId}", new { first_name = first, last_name = last })).ShouldBe(200);

        (await Shop.Anonymous().GetAsync($"/reviews/{review.Id}"))["author"].GetString().ShouldBe(shown ?? author.Username);
    }

    [Test]
    public async Task The_review_of_an_erased_author_stays_without_a_name()
    {
        var author = await Shop.CustomerAsync();
        var product = await ProductAsync();
        var review = await ReviewAsync(author, product, 5, "Good");
        (await author.DeleteAsync($"/users/{author.UserId}")).ShouldBe(200);

        var found = (await Shop.Anonymous().GetAsync($"/reviews/{review.Id}")).ShouldBe(200);

        found["author"].ValueKind.ShouldBe(JsonValueKind.Null);
        found["comment"].GetString().ShouldBe("Good");
        (await RatingAsync(product)).ShouldBe((5m, 1));
    }

    [TestCase("active", false)]
    [TestCase("placed", false)]
    [TestCase("paid", true)]
    [TestCase("shipped", true)]
    [TestCase("delivered", true)]
    [TestCase("cancelled", false)]
    [TestCase("refunded", false)]
    public async Task A_purchase_is_verified_by_an_order_that_was_paid(string status, bool verified)
    {
        var author = await Shop.CustomerAsync();
        var other = await Shop.CustomerAsync();
        var product = await ProductAsync();
        var review = await ReviewAsync(author, product, 5);
        await OrderAsync(other.UserId, product, "paid");
        await OrderAsync(author.UserId, await ProductAsync(), "paid");
        (await Admin.GetAsync($"/reviews/{review.Id}"))["verified_purchase"].GetBoolean().ShouldBeFalse();

        await OrderAsync(author.UserId, product, status);

        (await Admin.GetAsync($"/reviews/{review.Id}"))["verified_purchase"].GetBoolean().ShouldBe(verified);
        (await Admin.GetAsync($"/products/{product}/reviews")).Json[0].GetProperty("verified_purchase").GetBoolean().ShouldBe(verified);
    }

    [Test]
    public async Task What_is_known_already_is_304()
    {
        var review = await ReviewAsync(Admin, await ProductAsync(), 5);

        (await Shop.Anonymous().GetAsync($"/reviews/{review.Id}", ("If-None-Match", review.ETag))).ShouldBe(304);
    }

    [Test]
    public async Task An_unknown_one_is_404_and_so_is_one_whose_product_left_the_catalog()
    {
        var product = await ProductAsync();
        var review = await ReviewAsync(Admin, product, 5);
        (await Admin.DeleteAsync($"/products/{product}")).ShouldBe(204);

        (await Admin.GetAsync($"/reviews/{review.Id}")).ShouldBeProblem(404, "review_not_found");
        (await Admin.GetAsync("/reviews/999999999")).ShouldBeProblem(404, "review_not_found");
    }
}
