using System.Data.Common;
using System.Text.Json;
using Shop.WebApi.FunctionalTests.Outbox;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.AuditLog;

/// <summary>What the log says of who changed what.</summary>
public sealed class AuditLogTests : ShopTest
{
    [Test]
    public async Task A_change_of_price_is_logged_with_before_and_after_who_and_from_where()
    {
        var seller = await Shop.CustomerAsync();
        var product = await ProductAsync(price: 10, seller: seller);

        (await seller.PatchAsync($"/products/{product}", new { price = 12.5 })).ShouldBe(200);

        var entries = await EntriesAsync("product", product);
        entries.Select(Action).ShouldBe(["update_product", "create_product"]);
        Change(entries[0], "price").ShouldBe("[10.00,12.5]");
        Change(entries[1], "price").ShouldBe("[null,10]");
        entries[0].GetProperty("user_id").GetInt64().ShouldBe(seller.UserId);
        entries[0].GetProperty("address").GetString().ShouldBe("127.0.0.1");
        entries[0].GetProperty("at").GetDateTimeOffset().ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
    }

    [Test]
    public async Task A_seller_who_changes_no_price_is_not_logged_and_an_admin_is()
    {
        var seller = await Shop.CustomerAsync();
        var product = await ProductAsync(seller: seller);

        (await seller.PatchAsync($"/products/{product}", new { name = "By its seller" })).ShouldBe(200);
        (await Admin.PatchAsync($"/products/{product}", new { name = "By an admin", stock = 7 })).ShouldBe(200);

        var entries = await EntriesAsync("product", product);
        entries.Count.ShouldBe(2);
        Change(entries[0], "name").ShouldBe("""["By its seller","By an admin"]""");
        Change(entries[0], "stock").ShouldBe("[100,7]");
    }

    [Test]
    public async Task Roles_are_logged()
    {
        var user = await Shop.CustomerAsync();

        (await Admin.PutAsync($"/users/{user.UserId}/roles", new { roles = new[] { "admin" } })).ShouldBe(200);
        (await Admin.PutAsync($"/users/{user.UserId}/roles", new { roles = Array.Empty<string>() })).ShouldBe(200);

        var entries = await EntriesAsync("user", user.UserId);
        entries.Select(Action).ShouldBe(["assign_roles", "assign_roles"]);
        Change(entries[0], "roles").ShouldBe("""[["admin"],[]]""");
        Change(entries[1], "roles").ShouldBe("""[[],["admin"]]""");
    }

    [Test]
    public async Task What_an_admin_does_with_an_order_is_logged_and_what_its_buyer_does_is_not()
    {
        var buyer = await Shop.CustomerAsync();
        var order = (await buyer.OrderAsync(await ProductAsync())).Id;
        (await EntriesAsync("order", order)).ShouldBeEmpty();

        (await Admin.PutAsync($"/orders/{order}", new { status = "cancelled" })).ShouldBe(200);

        var entry = (await EntriesAsync("order", order)).ShouldHaveSingleItem();
        Action(entry).ShouldBe("update_order");
        Change(entry, "status").ShouldBe("""["active","cancelled"]""");
    }

    [Test]
    public async Task Payments_and_refunds_are_logged_whoever_makes_them()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.PlaceAsync(await ProductAsync(price: 20));
        var payment = (await buyer.PayAsync(order)).ShouldBe(201).Id;
        var refund = (await Admin.PostAsync($"/orders/{order}/refunds", new { amount = 5, reason = "Anna was sad." })).ShouldBe(201).Id;

        var paid = await EntriesAsync("payment", payment);
        paid[^1].GetProperty("user_id").GetInt64().ShouldBe(buyer.UserId);
        Change(paid[^1], "amount").ShouldBe("[null,20.00]");
        paid.ShouldContain(entry => entry.GetProperty("changes").GetRawText().Contains("\"captured\"]"));
        var refunded = await EntriesAsync("refund", refund);
        Change(refunded[^1], "amount").ShouldBe("[null,5]");
        refunded.ShouldAllBe(entry => !entry.GetRawText().Contains("Anna"));
    }

    [Test]
    public async Task Coupons_and_categories_are_logged_from_first_to_last()
    {
        var coupon = (await Admin.PostAsync("/coupons", new { code = Unique("Coupon"), percent = 5 })).ShouldBe(201).Id;
        (await Admin.PatchAsync($"/coupons/{coupon}", new { percent = 50 })).ShouldBe(200);
        (await Admin.DeleteAsync($"/coupons/{coupon}")).ShouldBe(204);
        var category = (await Admin.PostAsync("/categories", new { name = Unique("Category") })).ShouldBe(201).Id;
        (await Admin.DeleteAsync($"/categories/{category}")).ShouldBe(204);

        var entries = await EntriesAsync("coupon", coupon);
        entries.Select(Action).ShouldBe(["delete_coupon", "update_coupon", "create_coupon"]);
        Change(entries[1], "percent").ShouldBe("[5.00,50]");
        (await EntriesAsync("category", category)).Select(Action).ShouldBe(["delete_category", "create_category"]);
    }

    [Test]
    public async Task Of_what_is_personal_only_the_names_of_the_fields_are_logged()
    {
        var user = await Shop.CustomerAsync();
        var email = $"{Guid.NewGuid():N}@example.org";

        (await Admin.PatchAsync($"/users/{user.UserId}", new { email, first_name = "Annabelle" })).ShouldBe(200);
        (await Admin.DeleteAsync($"/users/{user.UserId}")).ShouldBe(200);

        var entries = await EntriesAsync("user", user.UserId);
        entries.Select(Action).ShouldBe(["erase_user", "update_user"]);
        Change(entries[1], "email").ShouldBe("null");
        Change(entries[1], "first_name").ShouldBe("null");
        var log = await Shop.ScalarAsync<string>($"SELECT string_agg(changes, '') FROM audit_log WHERE subject_type = 'user' AND subject_id = {user.UserId}");
        log.ShouldNotContain(email);
        log.ShouldNotContain("Annabelle");
        log.ShouldNotContain(user.Username);
    }

    [Test]
    public async Task Webhooks_are_logged_without_their_secrets()
    {
        var made = (await Admin.PostAsync("/webhooks", new { url = "https://erp.invalid/token-in-path", events = new[] { "order.refunded" } })).ShouldBe(201);
        var rotated = (await Admin.PostAsync($"/webhooks/{made.Id}/secret")).ShouldBe(200);
        (await Admin.PatchAsync($"/webhooks/{made.Id}", new { active = false })).ShouldBe(200);

        var entries = await EntriesAsync("webhook_subscription", made.Id);
        entries.Select(Action).ShouldBe(["update_webhook", "rotate_webhook_secret", "create_webhook"]);
        Change(entries[0], "active").ShouldBe("[true,false]");
        Change(entries[1], "protected_secret").ShouldBe("null");
        Change(entries[2], "events").ShouldBe("""[null,["order.refunded"]]""");
        var log = string.Concat(entries.Select(entry => entry.GetRawText()));
        log.ShouldNotContain("token-in-path");
        log.ShouldNotContain("CfDJ8");
        log.ShouldNotContain("whsec_");
        rotated["secret"].GetString().ShouldNotBeNull();
    }

    [Test]
    public async Task An_admins_command_that_changes_no_aggregate_is_logged_too()
    {
        (await Admin.PostAsync("/webhooks", new { url = "https://erp.invalid", events = new[] { "order.refunded" } })).ShouldBe(201);
        var product = await ProductAsync();
        await Shop.UntilDeliveryAsync(product, "status = 'done'", "webhooks");
        await Shop.ExecuteAsync($"UPDATE outbox_deliveries SET status = 'dead' WHERE aggregate_type = 'product' AND aggregate_id = {product} AND consumer = 'webhooks'");
        var id = await Shop.ScalarAsync<long>($"SELECT id FROM outbox WHERE aggregate_type = 'product' AND aggregate_id = {product}");

        (await Admin.PostAsync($"/outbox/{id}/retry")).ShouldBe(200);
        (await Admin.PostAsync("/outbox/999999999/retry")).ShouldBe(404);

        Action((await EntriesAsync("outbox", id)).ShouldHaveSingleItem()).ShouldBe("retry_outbox_event");
        (await EntriesAsync("outbox", 999_999_999)).ShouldBeEmpty();
    }

    [Test]
    public async Task A_loaded_file_is_one_entry_and_a_dry_run_none()
    {
        const string File = "sku,name,price\nAUDIT-1,One,1\nAUDIT-2,Two,2\n";
        var before = await CountAsync("catalog");

        (await Admin.BackfillAsync(File, "?dry_run=true")).ShouldBe(200);
        (await CountAsync("catalog")).ShouldBe(before);
        (await Admin.BackfillAsync(File)).ShouldBe(200);

        (await CountAsync("catalog")).ShouldBe(before + 1);
        var entry = (await Admin.GetAsync("/audit_log?subject_type=catalog&limit=1")).ShouldBe(200).Json[0];
        Action(entry).ShouldBe("backfill_products");
        Change(entry, "created").ShouldBe("[null,2]");
    }

    [Test]
    public async Task What_is_refused_leaves_no_entry()
    {
        var product = await ProductAsync();
        var coupon = (await Admin.PostAsync("/coupons", new { code = Unique("Coupon"), percent = 5 })).ShouldBe(201).Id;

        (await (await Shop.CustomerAsync()).PatchAsync($"/products/{product}", new { price = 1 })).ShouldBe(403);
        (await Admin.PatchAsync($"/products/{product}", new { price = 1 }, ("If-Match", "\"99.99-0\""))).ShouldBe(412);
        (await Admin.PatchAsync($"/coupons/{coupon}", new { percent = 101 })).ShouldBe(400);

        (await EntriesAsync("product", product)).Count.ShouldBe(1);
        (await EntriesAsync("coupon", coupon)).Count.ShouldBe(1);
    }

    [TestCase("UPDATE audit_log SET user_id = NULL WHERE id = (SELECT MIN(id) FROM audit_log)")]
    [TestCase("DELETE FROM audit_log WHERE id = (SELECT MIN(id) FROM audit_log)")]
    public async Task The_database_refuses_to_change_the_log(string sql)
    {
        await ProductAsync();

        var refused = await Should.ThrowAsync<DbException>(() => Shop.ExecuteAsync(sql));

        refused.Message.ShouldContain("audit_log is append-only");
        (await Shop.ScalarAsync<long>("SELECT count(*) FROM audit_log")).ShouldBeGreaterThan(0);
    }

    [Test]
    [PostgreSqlOnly("SQL Server asks no trigger when a table is truncated")]
    public async Task The_database_refuses_to_empty_the_log() =>
        (await Should.ThrowAsync<DbException>(() => Shop.ExecuteAsync("TRUNCATE audit_log"))).Message.ShouldContain("audit_log is append-only");

    [Test]
    public async Task Entries_are_filtered_and_paged_newest_first()
    {
        var seller = await Shop.CustomerAsync();
        var first = await ProductAsync(seller: seller);
        var second = await ProductAsync(seller: seller);
        var path = $"/audit_log?user_id={seller.UserId}&subject_type=product";

        var page = (await Admin.GetAsync($"{path}&limit=1&count=true")).ShouldBe(200);
        page.Header("X-Total-Count").ShouldBe("2");
        page.Json[0].GetProperty("subject_id").GetInt64().ShouldBe(second);
        var next = (await Admin.GetAsync($"{path}&limit=1&cursor={Uri.EscapeDataString(page.NextCursor!)}")).ShouldBe(200);
        next.Json[0].GetProperty("subject_id").GetInt64().ShouldBe(first);

        var at = Uri.EscapeDataString(page.Json[0].GetProperty("at").GetString()!);
        (await Admin.GetAsync($"{path}&from={at}")).Json.EnumerateArray().ShouldHaveSingleItem().GetProperty("subject_id").GetInt64().ShouldBe(second);
        (await Admin.GetAsync($"{path}&to={at}")).Json.EnumerateArray().ShouldHaveSingleItem().GetProperty("subject_id").GetInt64().ShouldBe(first);
        (await Admin.GetAsync($"{path}&from={at}&to={at}")).ShouldBeProblem(400, "validation_failed", "to");
        (await Admin.GetAsync("/audit_log?from=yesterday")).ShouldBe(400);
    }

    [Test]
    public async Task Nobody_but_admins_reads_the_log()
    {
        (await Shop.Anonymous().GetAsync("/audit_log")).ShouldBe(401);
        (await (await Shop.CustomerAsync()).GetAsync("/audit_log")).ShouldBeProblem(403, "admin_only");
    }

    private static string Action(JsonElement entry) => entry.GetProperty("action").GetString()!;

    private static string Change(JsonElement entry, string field) => entry.GetProperty("changes").GetProperty(field).GetRawText();

    private Task<long> CountAsync(string subject) => Shop.ScalarAsync<long>($"SELECT count(*) FROM audit_log WHERE subject_type = '{subject}'");

    private async Task<List<JsonElement>> EntriesAsync(string subject, long id) =>
        [.. (await Admin.GetAsync($"/audit_log?subject_type={subject}&subject_id={id}&limit=100")).ShouldBe(200).Json.EnumerateArray()];
}
