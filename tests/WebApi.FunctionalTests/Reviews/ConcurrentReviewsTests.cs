using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Reviews;

public sealed class ConcurrentReviewsTests : ReviewTest
{
    [Test]
    public async Task Count_and_mean_stay_right_while_many_write_edit_and_delete_at_once()
    {
        var products = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ProductAsync()));
        var authors = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Shop.CustomerAsync()));

        var deadlocks = await Shop.ScalarAsync<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
        await Task.WhenAll(authors.SelectMany((author, i) => products.Select(product => LiveAsync(author, product, i))));

        foreach (var product in products)
        {
            var expected = (await Walk.ToEndAsync(Admin, $"/products/{product}/reviews", 100)).ConvertAll(review => review.GetProperty("rating").GetInt32());
            expected.Count.ShouldBe(4);
            (await RatingAsync(product)).ShouldBe((Math.Round((decimal)expected.Average(), 2, MidpointRounding.AwayFromZero), 4));
        }

        (await Shop.ScalarAsync<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(deadlocks);
    }

    /// <summary>Writes, edits twice at once, edits the product meanwhile; every other author takes the review back twice at once.</summary>
    private async Task LiveAsync(Actor author, long product, int i)
    {
        var review = await ReviewAsync(author, product, 1 + (i % 5));
        var edits = await Task.WhenAll(
            author.PatchAsync($"/reviews/{review.Id}", new { rating = 1 + ((i + 1) % 5) }),
            author.PutAsync($"/reviews/{review.Id}", new { rating = 1 + ((i + 2) % 5) }),
            author.PostAsync($"/products/{product}/reviews", new { rating = 1 }),
            Admin.PatchAsync($"/products/{product}", new { description = $"Seen by {i}" }));
        edits.Select(edit => edit.Status).ShouldBe([200, 200, 409, 200]);
        if (i % 2 == 0)
        {
            var deletions = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => author.DeleteAsync($"/reviews/{review.Id}")));
            deletions.Select(deletion => deletion.Status).Order().ShouldBe([204, 404]);
        }
    }
}
