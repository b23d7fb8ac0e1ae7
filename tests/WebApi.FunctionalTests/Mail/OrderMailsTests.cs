using Shop.Infrastructure.Audit;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Mail;

public sealed class OrderMailsTests : MailTest
{
    [Test]
    public async Task An_order_is_mailed_once_with_its_lines_and_totals()
    {
        var email = NewAddress();
        var buyer = await RegisterAsync(email);
        var product = (await Admin.PostAsync("/products", new { name = "<b>Bold</b> & \"quoted\"", price = 12.5, stock = 10 })).ShouldBe(201).Id;
        await buyer.PutInCartAsync(product, 3);

        var order = (await buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address("Köln") })).ShouldBe(201);

        var mail = await Mails.MailToAsync(email, each => each.Subject.StartsWith("Your order", StringComparison.Ordinal));
        mail.Subject.ShouldBe($"Your order {order.Text("number")}");
        mail.Text.ShouldContain("Hello Anna,");
        mail.Text.ShouldContain("3 x <b>Bold</b> & \"quoted\" (12.50 EUR): 37.50 EUR");
        mail.Text.ShouldContain("Total: 37.50 EUR");
        mail.Text.ShouldContain("10115 Köln");
        mail.Text.ShouldNotContain("Discount");
        mail.Html.ShouldContain("3 &times; &lt;b&gt;Bold&lt;/b&gt; &amp; &quot;quoted&quot;");
        mail.Html.ShouldNotContain("<b>Bold");
        mail.Html.ShouldContain("<strong>37.50 EUR</strong>");
        mail.Headers.ShouldContain("auto-submitted");
        await UntilDoneAsync(order.Id, "order_placed", "sent");
        Mails.MailsTo(email).Count(each => each.Subject == mail.Subject).ShouldBe(1);
        mail.MessageId.ShouldBe($"<{await EventIdAsync(order.Id):N}.order_placed@localhost>");
    }

    [Test]
    public async Task A_shipped_order_is_mailed_and_the_books_are_in_order()
    {
        var email = NewAddress();
        var buyer = await RegisterAsync(email);
        var order = await buyer.OrderAsync(await ProductAsync(), status: "placed");
        foreach (var status in (string[])["paid", "shipped"])
        {
            (await Admin.PutAsync($"/orders/{order.Id}", new { status })).ShouldBe(200);
        }

        await Mails.MailToAsync(email, mail => mail.Subject == $"Your order {order.Text("number")} is on its way");

        await UntilDoneAsync(order.Id, "order_shipped", "sent");
        (await ShopAudit.RunAsync(Shop.Services, default)).Where(finding => !finding.Holds).ShouldBeEmpty();
    }

    [Test]
    public async Task Every_refund_is_mailed_once_with_what_went_back()
    {
        var email = NewAddress();
        var buyer = await RegisterAsync(email);
        var order = await buyer.BuyAsync(await ProductAsync(price: 10m));
        var subject = $"Your money for order {(await buyer.GetAsync($"/orders/{order}")).Text("number")}";

        foreach (var amount in (decimal?[])[3.33m, null])
        {
            (await Admin.PostAsync($"/orders/{order}/refunds", new { amount, reason = "Anna is angry" })).ShouldBe(201);
        }

        foreach (var amount in (string[])["3.33 EUR", "6.67 EUR"])
        {
            var mail = await Mails.MailToAsync(email, each => each.Subject == subject && each.Text.Contains($"sent back {amount} of what you paid", StringComparison.Ordinal));
            mail.Html.ShouldContain($"sent back {amount} of what you paid");
            mail.Html.ShouldContain("<strong>10.00 EUR</strong>");
            mail.Raw.ShouldNotContain("angry");
        }

        await UntilRefundsMailedAsync(order, 2);
        Mails.MailsTo(email).Count(each => each.Subject == subject).ShouldBe(2);
        (await ShopAudit.RunAsync(Shop.Services, default)).Where(finding => !finding.Holds).ShouldBeEmpty();
    }

    [Test]
    public async Task Who_cancels_a_paid_order_is_mailed_that_the_money_went_back()
    {
        var email = NewAddress();
        var buyer = await RegisterAsync(email);
        var order = await buyer.BuyAsync(await ProductAsync(price: 10m));

        (await buyer.DeleteAsync($"/orders/{order}")).ShouldBe(200);

        (await Mails.MailToAsync(email, each => each.Subject.StartsWith("Your money", StringComparison.Ordinal))).Text.ShouldContain("sent back 10.00 EUR");
        await UntilRefundsMailedAsync(order, 1);
    }

    [Test]
    public async Task Who_gave_no_address_and_who_was_erased_get_none()
    {
        var nobody = await Shop.CustomerAsync();
        var order = await nobody.OrderAsync(await ProductAsync(), status: "placed");
        await UntilDoneAsync(order.Id, "order_placed", "skipped");

        var email = NewAddress();
        var erased = await RegisterAsync(email);
        var shipped = await erased.OrderAsync(await ProductAsync(), status: "placed");
        await UntilDoneAsync(shipped.Id, "order_placed", "sent");
        (await erased.DeleteAsync($"/users/{erased.UserId}")).ShouldBe(200);
        var before = Mails.MailsTo(email).Count;
        foreach (var status in (string[])["paid", "shipped"])
        {
            (await Admin.PutAsync($"/orders/{shipped.Id}", new { status })).ShouldBe(200);
        }

        await UntilDoneAsync(shipped.Id, "order_shipped", "skipped");
        Mails.MailsTo(email).Count.ShouldBe(before);
    }

    [Test]
    public async Task A_sale_made_elsewhere_is_not_mailed()
    {
        var email = NewAddress();
        var buyer = await RegisterAsync(email);
        var purchase = (await Admin.PostAsync("/purchases", new { user_id = buyer.UserId, product_id = await ProductAsync() })).ShouldBe(201);
        var order = purchase["order_id"].GetInt64();

        (await Admin.PutAsync($"/orders/{order}", new { status = "shipped" })).ShouldBe(200);

        await UntilDoneAsync(order, "order_shipped", "skipped");
        await Mails.MailToAsync(email);
        Mails.MailsTo(email).ShouldAllBe(mail => mail.Subject == "Confirm your e-mail address");
    }

    /// <summary>Waits until the log says so many refunds of an order were mailed.</summary>
    private Task UntilRefundsMailedAsync(long order, int count) => UntilAsync($"""
        SELECT count(*) = {count} FROM mails m
        JOIN outbox e ON e.event_id = m.event_id AND e.aggregate_type = 'refund'
        JOIN refunds r ON r.id = e.aggregate_id
        JOIN outbox_deliveries d ON d.event_id = e.event_id AND d.consumer = 'mails' AND d.status = 'done'
        WHERE r.order_id = {order} AND m.kind = 'order_refunded' AND m.status = 'sent'
        """);

    private Task UntilDoneAsync(long order, string kind, string status) => UntilAsync($"""
        SELECT EXISTS (
            SELECT 1 FROM mails m
            JOIN outbox e ON e.event_id = m.event_id
            JOIN outbox_deliveries d ON d.event_id = e.event_id AND d.consumer = 'mails' AND d.status = 'done'
            WHERE e.aggregate_type = 'order' AND e.aggregate_id = {order} AND m.kind = '{kind}' AND m.status = '{status}')
        """);

    private Task<Guid> EventIdAsync(long order) =>
        Shop.ScalarAsync<Guid>($"SELECT event_id FROM outbox WHERE type = 'order.placed' AND aggregate_id = {order}");
}
