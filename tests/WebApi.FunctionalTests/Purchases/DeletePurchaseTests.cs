
namespace Shop.WebApi.FunctionalTests.Purchases;

public sealed class DeletePurchaseTests : PurchaseTest
{
    [Test]
    public async Task It_answers_with_the_purchase_gives_its_stock_back_and_its_order_goes()
    {
        var product = await ProductAsync(stock: 5);
        var purchase = await RecordAsync(await Shop.CustomerAsync(), product, quantity: 7);
        (await StockOfAsync(product)).ShouldBe(0);

        (await Admin.DeleteAsync($"/purchases/{purchase.Id}")).ShouldBe(200).Body.ShouldBe(purchase.Body);

        (await Admin.GetAsync($"/purchases/{purchase.Id}")).ShouldBeProblem(404, "purchase_not_found");
        (await Admin.DeleteAsync($"/purchases/{purchase.Id}")).ShouldBeProblem(404, "purchase_not_found");
        (await StockOfAsync(product)).ShouldBe(5);
        (await UnitsSoldAsync(product)).ShouldBe(0);
        (await NumberAsync($"SELECT count(*) FROM orders WHERE id = {purchase["order_id"]}")).ShouldBe(0);
        (await NumberAsync($"SELECT sum(delta) FROM stock_movements WHERE product_id = {product}")).ShouldBe(5);
    }

    [Test]
    public async Task The_other_lines_of_an_imported_order_stay_and_its_total_follows()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        var lines = await ImportAsync(buyer, product, await ProductAsync());

        var deleted = (await Admin.DeleteAsync($"/purchases/{lines[0]}")).ShouldBe(200);

        (await Admin.GetAsync($"/purchases/{lines[1]}")).ShouldBe(200)["order_id"].GetInt64().ShouldBe(deleted["order_id"].GetInt64());
        (await TotalOfAsync(deleted["order_id"].GetInt64())).ShouldBe(2m);
        (await StockOfAsync(product)).ShouldBe(100);
        (await UnitsSoldAsync(product)).ShouldBe(0);
    }

    [Test]
    public async Task It_is_an_admins_alone()
    {
        var buyer = await Shop.CustomerAsync();
        var purchase = await RecordAsync(buyer, await ProductAsync());

        (await Shop.Anonymous().DeleteAsync($"/purchases/{purchase.Id}")).ShouldBeProblem(401, "unauthenticated");
        (await buyer.DeleteAsync($"/purchases/{purchase.Id}")).ShouldBeProblem(403, "admin_only");
    }

    [Test]
    public async Task Many_who_delete_it_at_once_give_its_stock_back_once()
    {
        var product = await ProductAsync(stock: 5);
        var purchase = await RecordAsync(await Shop.CustomerAsync(), product, quantity: 2);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Admin.DeleteAsync($"/purchases/{purchase.Id}")));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Status == 404);
        (await StockOfAsync(product)).ShouldBe(5);
    }

    [Test]
    public async Task Stock_that_could_not_come_back_is_409_and_nothing_changes()
    {
        var product = await ProductAsync(stock: 5);
        var purchase = await RecordAsync(await Shop.CustomerAsync(), product, quantity: 2);
        (await Admin.PatchAsync($"/products/{product}", new { stock = 1_000_000_000 })).ShouldBe(200);

        (await Admin.DeleteAsync($"/purchases/{purchase.Id}")).ShouldBeProblem(409, "stock_full");

        (await Admin.GetAsync($"/purchases/{purchase.Id}")).ShouldBe(200);
    }
}
