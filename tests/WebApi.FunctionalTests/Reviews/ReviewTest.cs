using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Reviews;

/// <summary>What the reviews' tests share.</summary>
public abstract class ReviewTest : ShopTest
{
    protected static async Task<Answer> ReviewAsync(Actor author, long productId, int rating, string? comment = null) =>
        (await author.PostAsync($"/products/{productId}/reviews", new { rating, comment })).ShouldBe(201);

    /// <summary>What a product shows of its reviews.</summary>
    protected async Task<(decimal? Rating, int Count)> RatingAsync(long productId)
    {
        var product = (await Shop.Anonymous().GetAsync($"/products/{productId}")).ShouldBe(200);
        var rating = product["rating"];
        return (rating.ValueKind == System.Text.Json.JsonValueKind.Null ? null : rating.GetDecimal(), product["review_count"].GetInt32());
    }

    /// <summary>An order of one line in a status, where the way there is of no interest.</summary>
    protected async Task OrderAsync(long userId, long productId, string status)
    {
        var order = await Shop.ScalarAsync<long>(
            $"""
            INSERT INTO orders (id, user_id, origin, status, subtotal, discount, shipping, tax, total, created_at, updated_at, version)
            VALUES (-nextval('order_ids'), {userId}, 'shop', '{status}', 0, 0, 0, 0, 0, now(), now(), 1) RETURNING id
            """);
        await Shop.ScalarAsync<int>(
            $"INSERT INTO order_items (order_id, product_id, quantity, stock_held) VALUES ({order}, {productId}, 1, 0) RETURNING 1");
    }
}
