
namespace Shop.WebApi.FunctionalTests.Reviews;

public sealed class DeleteReviewTests : ReviewTest
{
    [Test]
    public async Task It_goes_once_and_the_rating_follows()
    {
        var author = await Shop.CustomerAsync();
        var product = await ProductAsync();
        var path = $"/reviews/{(await ReviewAsync(author, product, 1)).Id}";

        (await author.DeleteAsync(path)).ShouldBe(204).Body.ShouldBeEmpty();

        (await author.DeleteAsync(path)).ShouldBeProblem(404, "review_not_found");
        (await RatingAsync(product)).ShouldBe((null, 0));
    }

    [Test]
    public async Task A_stale_version_is_412()
    {
        var made = await ReviewAsync(Admin, await ProductAsync(), 1);
        var edited = (await Admin.PatchAsync($"/reviews/{made.Id}", new { rating = 2 })).ShouldBe(200);

        (await Admin.DeleteAsync($"/reviews/{made.Id}", ("If-Match", made.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await Admin.DeleteAsync($"/reviews/{made.Id}", ("If-Match", edited.ETag))).ShouldBe(204);
    }

    [Test]
    public async Task Somebody_elses_is_403_but_for_an_admin_nobodys_401_and_an_unknown_one_404()
    {
        var path = $"/reviews/{(await ReviewAsync(await Shop.CustomerAsync(), await ProductAsync(), 1)).Id}";

        (await (await Shop.CustomerAsync()).DeleteAsync(path)).ShouldBeProblem(403, "review_not_yours");
        (await Shop.Anonymous().DeleteAsync(path)).ShouldBeProblem(401, "unauthenticated");
        (await Admin.DeleteAsync("/reviews/999999999")).ShouldBeProblem(404, "review_not_found");
        (await Admin.DeleteAsync(path)).ShouldBe(204);
    }
}
