using System.Text.Json;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Catalog;

/// <summary>What the catalog's tests share.</summary>
public abstract class CatalogTest : ShopTest
{
    protected async Task<long> CategoryAsync(string? name = null, long? parentId = null) =>
        (await Admin.PostAsync("/categories", new { name = name ?? Unique("Category"), parent_id = parentId })).ShouldBe(201).Id;

    protected static async Task<Answer> ListAsync(Actor seller, string name, decimal price = 1, int stock = 1, string? description = null, string? sku = null, long? categoryId = null) =>
        (await seller.PostAsync("/products", new { name, price, stock, description, sku, category_id = categoryId })).ShouldBe(201);

    protected static long[] Ids(IEnumerable<JsonElement> items) => [.. items.Select(item => item.GetProperty("id").GetInt64())];

    protected static long[] Ids(Answer page) => Ids(page.ShouldBe(200).Json.EnumerateArray());

    /// <summary>What a sale does to a product, where no order is of interest.</summary>
    protected Task SellAsync(long productId, int units) =>
        Shop.ScalarAsync<int>($"UPDATE products SET stock = stock - {units}, units_sold = units_sold + {units} WHERE id = {productId} RETURNING 1");
}
