using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Reviews;

public sealed class ListReviewsTests : ReviewTest
{
    [Test]
    public async Task Anybody_walks_the_newest_first_while_reviews_come_and_go()
    {
        var product = await ProductAsync();
        var authors = await Task.WhenAll(Enumerable.Range(0, 13).Select(_ => Shop.CustomerAsync()));
        var ids = new List<long>();
        foreach (var author in authors[..9])
        {
            ids.Add((await ReviewAsync(author, product, 3)).Id);
        }

        await Shop.ScalarAsync<int>($"UPDATE reviews SET created_at = now() WHERE id IN ({ids[3]}, {ids[4]}, {ids[5]}) RETURNING 1");
        await ReviewAsync(authors[9], await ProductAsync(), 1);

        var walked = await Walk.ToEndAsync(
            Shop.Anonymous(),
            $"/products/{product}/reviews",
            limit: 2,
            between: async number =>
            {
                await ReviewAsync(authors[8 + number], product, 5);
                if (number == 1)
                {
                    (await Admin.DeleteAsync($"/reviews/{ids[0]}")).ShouldBe(204);
                }
            });

        var seen = walked.Select(review => review.GetProperty("id").GetInt64()).ToList();
        seen.ShouldBe([ids[5], ids[4], ids[3], ids[8], ids[7], ids[6], ids[2], ids[1]]);
    }

    [Test]
    public async Task A_product_without_reviews_gives_an_empty_list_and_one_that_is_not_there_404()
    {
        var product = await ProductAsync();
        var none = (await Shop.Anonymous().GetAsync($"/products/{product}/reviews?count=true")).ShouldBe(200);
        none.Body.ShouldBe("[]");
        none.Header("X-Total-Count").ShouldBe("0");

        await ReviewAsync(Admin, product, 5);
        (await Admin.DeleteAsync($"/products/{product}")).ShouldBe(204);

        (await Shop.Anonymous().GetAsync($"/products/{product}/reviews")).ShouldBeProblem(404, "product_not_found");
        (await Shop.Anonymous().GetAsync("/products/999999999/reviews")).ShouldBeProblem(404, "product_not_found");
    }

    [Test]
    public async Task A_cursor_of_another_products_reviews_or_a_forged_one_is_400()
    {
        var product = await ProductAsync();
        await ReviewAsync(Admin, product, 5);
        await ReviewAsync(await Shop.CustomerAsync(), product, 5);
        var cursor = (await Admin.GetAsync($"/products/{product}/reviews?limit=1")).NextCursor;

        (await Admin.GetAsync($"/products/{await ProductAsync()}/reviews?cursor={cursor}")).ShouldBeProblem(400, "validation_failed", "cursor");
        (await Admin.GetAsync($"/products/{product}/reviews?cursor=forged")).ShouldBeProblem(400, "validation_failed", "cursor");
        (await Admin.GetAsync($"/products/{product}/reviews?limit=101")).ShouldBeProblem(400, "validation_failed", "limit");
    }
}
