using Shop.Application.Purchases;

namespace Shop.Application.UnitTests.Purchases;

public sealed class PurchaseRulesTests
{
    [Test]
    public void A_sale_names_buyer_and_product()
    {
        new RecordPurchaseRules().Faults(new RecordPurchase(1, 2, null)).ShouldBeEmpty();
        new RecordPurchaseRules().Faults(new RecordPurchase(null, null, 0)).ShouldBe(["user_id", "product_id", "quantity"]);
    }

    [TestCase(1, true)]
    [TestCase(1_000_000, true)]
    [TestCase(0, false)]
    [TestCase(-1, false)]
    [TestCase(1_000_001, false)]
    public void A_quantity_is_one_to_a_million(int quantity, bool valid) =>
        new RecordPurchaseRules().Faults(new RecordPurchase(1, 2, quantity)).ShouldBe(valid ? [] : ["quantity"]);

    [Test]
    public void A_correction_changes_what_it_gives_and_cant_empty_it()
    {
        new UpdatePurchaseRules().Faults(new UpdatePurchase()).ShouldBeEmpty();
        new UpdatePurchaseRules().Faults(new UpdatePurchase { UserId = 1L, ProductId = 2L }).ShouldBeEmpty();
        new UpdatePurchaseRules().Faults(new UpdatePurchase { UserId = new(null), ProductId = new(null) }).ShouldBe(["user_id", "product_id"]);
    }
}
