using System.Data;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Infrastructure.Analytics;
using Shop.Infrastructure.Audit;
using Shop.Infrastructure.Persistence;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.TestKit;

using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Audit;

/// <summary>Each invariant is seen to fail: the audit of a shop whose books were tampered with names it and what broke it.</summary>
[Parallelizable(ParallelScope.Self)]
[PostgreSqlOnly("it tampers with rows in its words")]
public sealed class AuditTests
{
    private const string SomeBooks = """
        INSERT INTO users (id, username, version, created_at, updated_at) VALUES (1, 'anna', 1, now(), now()), (2, 'bert', 1, now(), now());
        INSERT INTO products (id, sku, name, price, stock, rating_sum, review_count, units_sold, version, created_at, updated_at)
            VALUES (1, 'A', 'A', 2, 4, 9, 2, 5, 1, now(), now()), (2, 'B', 'B', 5, 5, 0, 0, 3, 1, now(), now());
        INSERT INTO carts (id, user_id, version, created_at, updated_at, checked_out_at) VALUES (1, 1, 1, now(), now(), now()), (2, 2, 1, now(), now(), NULL);
        INSERT INTO cart_items (id, cart_id, product_id, quantity, added_price) OVERRIDING SYSTEM VALUE VALUES (1, 2, 1, 1, 2);
        INSERT INTO orders (id, user_id, origin, status, cart_id, subtotal, discount, shipping, tax, total, version, created_at, updated_at, placed_at, paid_at) VALUES
            (1, 1, 'shop', 'paid', 1, 6, 0, 0, 0, 6, 1, now(), now(), now(), now()),
            (2, 2, 'shop', 'placed', NULL, 2, 0, 0, 0, 2, 1, now(), now(), now(), NULL),
            (3, 2, 'shop', 'active', NULL, 0, 0, 0, 0, 0, 1, now(), now(), NULL, NULL),
            (4, 2, 'imported', 'delivered', NULL, 8, 0, 0, 0, 8, 1, now(), now(), now(), '2011-01-31 23:30Z'),
            (5, 2, 'shop', 'cancelled', NULL, 0, 0, 0, 0, 0, 1, now(), now(), NULL, NULL);
        INSERT INTO orders (id, user_id, origin, status, coupon_code, subtotal, discount, shipping, tax, total, version, created_at, updated_at, placed_at, paid_at) VALUES
            (6, 1, 'shop', 'paid', 'SAVE', 9, 3, 0, 0, 6, 1, now(), now(), now(), now()),
            (7, 1, 'shop', 'cancelled', 'SAVE', 2, 1, 0, 0, 1, 1, now(), now(), now(), NULL),
            (8, 2, 'shop', 'cancelled', 'SAVE', 2, 1, 0, 0, 1, 1, now(), now(), now(), now()),
            (9, 2, 'shop', 'cancelled', NULL, 2, 0, 0, 0, 2, 1, now(), now(), now() - interval '2 days', now());
        UPDATE orders SET refunded_at = now() + interval '40 days' WHERE id IN (8, 9);
        INSERT INTO sales_calendar (zone, starts_at, ends_at, offset_minutes) VALUES ('Europe/Berlin', '0001-01-02Z', '2011-06-01Z', 60), ('Europe/Berlin', '2011-06-01Z', '9999-12-30Z', 0);
        INSERT INTO sales_entries (day, user_id, product_id, revenue, units, orders) VALUES
            (current_date, 1, NULL, 0, 0, 2), (current_date, 1, 1, 8, 5, 0), (current_date, 1, 2, 4, 1, 0),
            (current_date, 2, NULL, 0, 0, 2), (current_date, 2, 1, 3, 2, 0), (current_date + 40, 2, NULL, 0, 0, -2), (current_date + 40, 2, 1, -3, -2, 0),
            (current_date, 1, NULL, -2, 0, 0), (current_date, 2, NULL, -2, 0, 0), (current_date + 40, 2, NULL, 2, 0, 0);
        INSERT INTO sales_totals (series, starts_on, subject_id, revenue, units, orders) VALUES
            (1, '2011-02-01', 0, 8, 2, 1), (2, '2011-02-01', 2, 8, 2, 0), (3, '2011-02-01', 2, 8, 2, 0), (4, '2011-02-01', 2, 8, 0, 1), (5, '2011-02-01', 2, 8, 0, 1),
            (6, '2011-01-01', 2, 8, 2, 0), (7, '2011-01-01', 2, 8, 0, 1);
        INSERT INTO order_items (id, order_id, product_id, quantity, sku, name, unit_price, line_total, stock_held) OVERRIDING SYSTEM VALUE VALUES
            (1, 1, 1, 3, 'A', 'A', 2, 6, 3), (2, 2, 1, 1, 'A', 'A', 2, 2, 1), (3, 3, 1, 1, NULL, NULL, NULL, NULL, 0),
            (4, 4, 2, 2, 'B', 'B', 4, 8, 0), (5, 5, 1, 1, NULL, NULL, NULL, NULL, 0);
        INSERT INTO order_items (id, order_id, product_id, quantity, sku, name, unit_price, line_total, discount, stock_held) OVERRIDING SYSTEM VALUE VALUES
            (6, 6, 1, 2, 'A', 'A', 2, 4, 2, 2), (7, 6, 2, 1, 'B', 'B', 5, 5, 1, 0), (8, 7, 1, 1, 'A', 'A', 2, 2, 1, 0), (9, 8, 1, 1, 'A', 'A', 2, 2, 1, 0),
            (10, 9, 1, 1, 'A', 'A', 2, 2, 0, 0);
        INSERT INTO coupons (id, code, amount, max_uses, max_uses_per_user, used, version, created_at, updated_at) VALUES
            (1, 'SAVE', 3, 2, 1, 2, 1, now(), now()), (2, 'MORE', 3, NULL, NULL, 0, 1, now(), now());
        INSERT INTO coupon_redemptions (order_id, coupon_id, user_id, redeemed_at) VALUES (6, 1, 1, now()), (8, 1, 2, now());
        INSERT INTO stock_movements (product_id, delta, reason, order_id, created_at) VALUES
            (1, 10, 'listed', NULL, now()), (1, -3, 'placed', 1, now()), (1, -1, 'placed', 2, now()),
            (1, -2, 'placed', 6, now()), (2, 5, 'listed', NULL, now());
        INSERT INTO order_history (id, order_id, at, change, from_value, to_value) VALUES
            (1, 2, now(), 'created', NULL, 'active'), (2, 2, now(), 'placed', 'active', 'placed'), (3, 3, now(), 'created', NULL, 'active');
        INSERT INTO reviews (id, product_id, user_id, rating, version, created_at, updated_at)
            VALUES (1, 1, 1, 5, 1, now(), now()), (2, 1, 2, 4, 1, now(), now());
        INSERT INTO outbox (id, event_id, type, aggregate_type, aggregate_id, sequence, data, created_at) OVERRIDING SYSTEM VALUE VALUES
            (1, gen_random_uuid(), 'product.created', 'product', 1, 1, '{}', now() - interval '1 hour'),
            (2, gen_random_uuid(), 'order.placed', 'order', 1, 1, '{}', now()), (3, gen_random_uuid(), 'order.paid', 'order', 1, 2, '{}', now()),
            (4, gen_random_uuid(), 'order.placed', 'order', 2, 1, '{}', now()), (5, gen_random_uuid(), 'order.cancelled', 'order', 5, 1, '{}', now()),
            (6, gen_random_uuid(), 'product.updated', 'product', 1, 2, '{}', now()), (7, gen_random_uuid(), 'product.updated', 'product', 1, 3, '{}', now()),
            (8, gen_random_uuid(), 'order.placed', 'order', 6, 1, '{}', now()), (9, gen_random_uuid(), 'order.placed', 'order', 7, 1, '{}', now()),
            (10, gen_random_uuid(), 'order.placed', 'order', 8, 1, '{}', now()), (11, gen_random_uuid(), 'refund.succeeded', 'refund', 1, 1, '{}', now()),
            (12, gen_random_uuid(), 'refund.succeeded', 'refund', 2, 1, '{}', now() - interval '1 minute');
        INSERT INTO payments (id, order_id, status, amount, refunded, provider, provider_reference, key, tries, version, created_at, updated_at) VALUES
            (1, 1, 'captured', 6, 2, 'sandbox', 'r1', 'k1', 0, 1, now(), now()), (2, 2, 'declined', 2, 0, 'sandbox', 'r2', 'k2', 0, 1, now(), now()),
            (3, 9, 'captured', 2, 2, 'manual', NULL, 'k3', 0, 1, now(), now()), (5, 6, 'captured', 6, 0, 'manual', NULL, 'k8', 0, 1, now(), now()), (4, 1, 'failed', 6, 0, 'sandbox', NULL, 'k4', 0, 1, now(), now());
        INSERT INTO refunds (id, payment_id, order_id, amount, reason, status, restock, key, tries, version, created_at, updated_at) VALUES
            (1, 1, 1, 2, 'late', 'succeeded', false, 'k5', 0, 1, now(), now()), (2, 3, 9, 2, 'order_cancelled', 'succeeded', false, 'k6', 0, 1, now(), now()),
            (3, 1, 1, 1, 'late', 'failed', false, 'k7', 0, 1, now(), now());
        INSERT INTO sandbox_ledger (key, reference, order_id, move, amount, created_at) VALUES
            ('k1-capture', 'r1', 1, 'capture', 6, now()), ('k5', 'r1', 1, 'refund', 2, now()), ('k0', 'r0', 2, 'void', 2, now());
        INSERT INTO outbox_deliveries (event_id, consumer, aggregate_type, aggregate_id, sequence, status, attempts, next_attempt_at, finished_at)
            SELECT event_id, 'mails', aggregate_type, aggregate_id, sequence, 'done', 1, now(), now() FROM outbox WHERE id IN (2, 4, 12);
        INSERT INTO mails (event_id, kind, user_id, status, reason, attempts, created_at, sent_at)
            SELECT event_id, 'order_placed', 1, 'sent', NULL, 1, now(), now() FROM outbox WHERE id = 2
            UNION ALL SELECT event_id, 'order_placed', 2, 'skipped', 'no_address', 0, now(), NULL FROM outbox WHERE id = 4
            UNION ALL SELECT event_id, 'order_refunded', 2, 'sent', 'again', 1, now(), now() FROM outbox WHERE id = 12;
        INSERT INTO outbox_deliveries (event_id, consumer, aggregate_type, aggregate_id, sequence, status, attempts, next_attempt_at)
            SELECT event_id, 'webhooks', aggregate_type, aggregate_id, sequence, 'done', 1, now() FROM outbox WHERE aggregate_type = 'product';
        INSERT INTO webhooks (id, url, events, active, protected_secret, version, created_at, updated_at)
            VALUES (1, 'https://erp.invalid', '["product.created"]', true, '', 1, now(), now());
        INSERT INTO webhook_deliveries (id, webhook_id, event_id, event_type, aggregate_type, aggregate_id, sequence, body, status, attempts,
            next_attempt_at, give_up_at, lease_owner, last_status, created_at, finished_at) OVERRIDING SYSTEM VALUE
            SELECT id, 1, event_id, type, aggregate_type, aggregate_id, sequence, '', CASE id WHEN 1 THEN 'done' WHEN 6 THEN 'dead' ELSE 'waiting' END, 1,
                now(), now(), CASE id WHEN 7 THEN gen_random_uuid() END, CASE id WHEN 1 THEN 204 ELSE 500 END, now(), CASE id WHEN 7 THEN NULL ELSE now() END
            FROM outbox WHERE id IN (1, 6, 7);
        """;

    private static readonly TestCaseData[] Tampering =
    [
        new("product_numbers", "UPDATE products SET stock = -1 WHERE id = 2", 2L),
        new("product_numbers", "UPDATE products SET price = -1 WHERE id = 2", 2L),
        new("order_amounts", "UPDATE orders SET discount = -1, total = total + 1 WHERE id = 3", 3L),
        new("line_discounts", "UPDATE order_items SET discount = 0 WHERE id = 7", 6L),
        new("line_discounts", "UPDATE orders SET discount = 1, total = total - 1 WHERE id = 2", 2L),
        new("line_discounts", "UPDATE order_items SET discount = CASE id WHEN 6 THEN 5 ELSE -2 END WHERE order_id = 6", 6L),
        new("coupon_uses", "UPDATE coupons SET used = 1 WHERE id = 1", 1L),
        new("coupon_uses", "UPDATE coupons SET used = 1 WHERE id = 2", 2L),
        new("coupon_uses", "DELETE FROM coupon_redemptions WHERE order_id = 8", 1L),
        new("coupon_uses", "UPDATE coupons SET max_uses = 1 WHERE id = 1", 1L),
        new("coupon_user_uses", "UPDATE coupon_redemptions SET user_id = 1", 1L),
        new("coupon_redemptions", "UPDATE coupon_redemptions SET user_id = 2", 6L),
        new("coupon_redemptions", "DELETE FROM coupon_redemptions WHERE order_id = 6", 6L),
        new("coupon_redemptions", "UPDATE orders SET coupon_code = NULL WHERE id = 7", 7L),
        new("coupon_redemptions", "UPDATE orders SET status = 'cancelled', paid_at = NULL WHERE id = 6", 6L),
        new("coupon_redemptions", "INSERT INTO coupon_redemptions (order_id, coupon_id, user_id, redeemed_at) VALUES (7, 1, 1, now())", 7L),
        new("line_numbers", "UPDATE order_items SET quantity = 0 WHERE id = 3", 3L),
        new("line_numbers", "UPDATE order_items SET stock_held = -1 WHERE id = 2", 2L),
        new("line_numbers", "UPDATE order_items SET discount = -1 WHERE id = 2", 2L),
        new("cart_line_numbers", "UPDATE cart_items SET quantity = -1", 1L),
        new("line_totals", "UPDATE order_items SET quantity = 4 WHERE id = 1", 1L),
        new("line_totals", "UPDATE order_items SET unit_price = NULL WHERE id = 4", 4L),
        new("order_totals", "UPDATE orders SET subtotal = 5, total = 5 WHERE id = 1", 1L),
        new("order_totals", "UPDATE orders SET total = 3 WHERE id = 2", 2L),
        new("order_totals", "DELETE FROM order_items WHERE id = 4", 4L),
        new("order_totals", "UPDATE orders SET subtotal = 1, total = 1 WHERE id = 3", 3L),
        new("line_snapshots", "UPDATE order_items SET name = NULL WHERE id = 4", 4L),
        new("line_snapshots", "UPDATE orders SET status = 'placed' WHERE id = 3", 3L),
        new("line_snapshots", "UPDATE orders SET placed_at = now() WHERE id = 5", 5L),
        new("stock_movements", "UPDATE products SET stock = 7 WHERE id = 1", 1L),
        new("stock_movements", "DELETE FROM stock_movements WHERE delta = 10", 1L),
        new("stock_movements", "UPDATE products SET stock = 1 WHERE id = 2", 2L),
        new("held_stock", "UPDATE order_items SET stock_held = 2 WHERE id = 1", 1L),
        new("held_stock", "UPDATE stock_movements SET delta = -2 WHERE order_id = 2", 2L),
        new("held_stock", "DELETE FROM order_items WHERE id = 2", 2L),
        new("held_stock_status", "UPDATE orders SET status = 'cancelled' WHERE id = 2", 2L),
        new("held_stock_status", "UPDATE orders SET status = 'active' WHERE id = 2", 2L),
        new("held_stock_status", "UPDATE order_items SET stock_held = 1 WHERE id = 4", 4L),
        new("units_sold", "UPDATE products SET units_sold = 4 WHERE id = 1", 1L),
        new("units_sold", "UPDATE orders SET status = 'refunded' WHERE id = 4", 2L),
        new("review_counts", "DELETE FROM reviews WHERE id = 2", 1L),
        new("review_counts", "UPDATE reviews SET rating = 3 WHERE id = 2", 1L),
        new("review_counts", "UPDATE products SET review_count = 1, rating_sum = 5 WHERE id = 2", 2L),
        new("product_words", "DELETE FROM product_words WHERE product_id = 1", 1L),
        new("product_words", "UPDATE product_words SET rank = 0 WHERE product_id = 2", 2L),
        new("product_words", "UPDATE product_words SET created_at = created_at - interval '1 second' WHERE product_id = 2", 2L),
        new("product_words", "INSERT INTO product_words (word, rank, created_at, product_id) SELECT 'x', 0, created_at, id FROM products WHERE id = 1", 1L),
        new("product_words", "DELETE FROM search_words WHERE word = 'b'", 2L),
        new("order_history", "UPDATE orders SET status = 'paid' WHERE id = 2", 2L),
        new("order_history", "DELETE FROM order_history WHERE change = 'placed'", 2L),
        new("order_history", "INSERT INTO order_history (id, order_id, at, change, from_value, to_value) VALUES (9, 3, now(), 'placed', 'active', 'placed')", 3L),
        new("cart_orders", "UPDATE orders SET cart_id = 1 WHERE id = 2", 1L),
        new("placed_events", "DELETE FROM outbox WHERE id = 4", 2L),
        new("placed_events", "UPDATE outbox SET type = 'order.placed' WHERE id = 3", 1L),
        new("placed_events", "UPDATE outbox SET type = 'order.placed' WHERE id = 5", 5L),
        new("order_mails", "DELETE FROM mails WHERE user_id = 1", 1L),
        new("order_mails", "UPDATE mails SET status = 'sending', sent_at = NULL WHERE user_id = 1", 1L),
        new("order_mails", "UPDATE mails SET user_id = 2", 1L),
        new("order_mails", "UPDATE mails SET reason = NULL", 2L),
        new("order_mails", "UPDATE mails SET kind = 'order_shipped' WHERE user_id = 2 AND kind = 'order_placed'", 2L),
        new("order_mails", "UPDATE mails SET user_id = 1 WHERE kind = 'order_refunded'", 9L),
        new("order_mails", "DELETE FROM mails WHERE kind = 'order_refunded'", 9L),
        new("status_events", "DELETE FROM outbox WHERE id = 4", 2L),
        new("status_events", "INSERT INTO order_history (id, order_id, at, change, from_value, to_value) VALUES (9, 1, now(), 'shipped', 'paid', 'shipped')", 1L),
        new("refund_events", "DELETE FROM outbox WHERE id = 11", 1L),
        new("refund_events", "UPDATE outbox SET type = 'refund.succeeded', aggregate_type = 'refund', aggregate_id = 2, sequence = 2 WHERE id = 5", 2L),
        new("refund_events", "UPDATE refunds SET status = 'pending' WHERE id = 1", 1L),
        new("sales_dates", "UPDATE orders SET paid_at = NULL WHERE id = 1", 1L),
        new("sales_dates", "UPDATE orders SET refunded_at = NULL WHERE id = 8", 8L),
        new("sales_dates", "UPDATE orders SET refunded_at = now() WHERE id = 5", 5L),
        new("sales_by_day", "UPDATE sales_totals SET revenue = 8.01 WHERE series = 1", 20110201L),
        new("sales_by_day", "UPDATE order_items SET quantity = 3 WHERE id = 4", 20110201L),
        new("sales_by_day", "UPDATE sales_totals SET orders = 2 WHERE series = 1", 20110201L),
        new("sales_by_product", "UPDATE sales_entries SET revenue = revenue - 0.01 WHERE revenue = 8", 1L),
        new("sales_by_product", "DELETE FROM sales_totals WHERE series = 2", 2L),
        new("sales_by_product", "UPDATE order_items SET discount = 0 WHERE id = 7", 2L),
        new("sales_by_customer", "DELETE FROM sales_entries WHERE orders = 2 AND user_id = 1", 1L),
        new("sales_by_customer", "UPDATE refunds SET amount = 3 WHERE id = 1", 1L),
        new("sales_by_customer", "UPDATE orders SET paid_at = '2011-01-31 22:30Z' WHERE id = 4", 2L),
        new("sales_by_customer", "INSERT INTO sales_totals (series, starts_on, subject_id, revenue, units, orders) VALUES (4, '2011-02-01', 1, 1, 0, 0)", 1L),
        new("sales_by_month", "UPDATE sales_totals SET units = 3 WHERE series = 3", 2L),
        new("sales_by_month", "DELETE FROM sales_totals WHERE series = 5", 2L),
        new("sales_by_year", "UPDATE sales_totals SET units = 3 WHERE series = 6", 2L),
        new("sales_by_year", "DELETE FROM sales_totals WHERE series = 7", 2L),
        new("event_sequences", "DELETE FROM outbox WHERE id = 6", 7L),
        new("payment_amounts", "UPDATE payments SET refunded = 7 WHERE id = 1", 1L),
        new("payment_amounts", "UPDATE payments SET status = 'voided' WHERE id = 3", 3L),
        new("payment_refunds", "UPDATE refunds SET amount = 1 WHERE id = 1", 1L),
        new("payment_refunds", "UPDATE refunds SET status = 'failed' WHERE id = 2", 3L),
        new("order_payments", "UPDATE payments SET status = 'voided' WHERE id = 1", 1L),
        new("order_payments", "UPDATE payments SET amount = 5 WHERE id = 1", 1L),
        new("order_payments", "UPDATE payments SET status = 'captured' WHERE id = 2", 2L),
        new("order_payments", "UPDATE payments SET status = 'captured' WHERE id = 4", 1L),
        new("ended_order_money", "UPDATE payments SET refunded = 1 WHERE id = 3", 9L),
        new("sandbox_ledger", "UPDATE sandbox_ledger SET amount = 1 WHERE key = 'k5'", 1L),
        new("sandbox_ledger", "UPDATE sandbox_ledger SET move = 'capture' WHERE key = 'k0'", 2L),
        new("sandbox_ledger", "DELETE FROM sandbox_ledger WHERE key = 'k1-capture'", 1L),
        new("pending_payments", "UPDATE payments SET due_at = now(), created_at = now() - interval '25 hours' WHERE id = 2", 2L),
        new("pending_payments", "UPDATE payments SET status = 'pending', created_at = now() - interval '25 hours' WHERE id = 2", 2L),
        new("webhook_deliveries", "UPDATE webhook_deliveries SET last_status = 302 WHERE id = 1", 1L),
        new("webhook_deliveries", "UPDATE webhook_deliveries SET last_status = NULL WHERE id = 1", 1L),
        new("webhook_deliveries", "UPDATE webhook_deliveries SET finished_at = NULL WHERE id = 6", 6L),
        new("webhook_deliveries", "UPDATE webhook_deliveries SET lease_owner = gen_random_uuid() WHERE id = 6", 6L),
        new("webhook_deliveries", "UPDATE webhook_deliveries SET event_id = gen_random_uuid() WHERE id = 7", 7L),
        new("webhook_deliveries", "UPDATE webhook_deliveries SET sequence = 9 WHERE id = 7", 7L),
        new("webhook_events", "UPDATE webhooks SET updated_at = now() - interval '2 hours'; DELETE FROM webhook_deliveries WHERE id = 1", 1L),
        new("webhook_events", "UPDATE webhooks SET updated_at = now() - interval '2 hours'; UPDATE webhook_deliveries SET event_id = gen_random_uuid() WHERE id = 1", 1L),
        new("webhook_filing", "UPDATE outbox_deliveries SET status = 'waiting' WHERE sequence = 2", 6L),
    ];

    [Test]
    public async Task Books_in_order_pass()
    {
        var findings = await AuditAsync(SomeBooks);

        findings.Count.ShouldBe(Invariants.All.Count);
        findings.Where(finding => !finding.Holds).ShouldBeEmpty();
    }

    [Test]
    public async Task An_empty_shop_passes() => (await AuditAsync("SELECT 1")).ShouldAllBe(finding => finding.Holds);

    [TestCaseSource(nameof(Tampering))]
    public async Task Tampering_is_found(string invariant, string sql, long id)
    {
        var broken = (await AuditAsync(SomeBooks + WithoutGuards + sql)).Single(finding => finding.Name == invariant);

        broken.Broken.ShouldBe(1, broken.ToString());
        broken.Ids.ShouldBe([id]);
        broken.ToString().ShouldStartWith($"BROKEN  {invariant}: ");
        broken.ToString().ShouldEndWith($": {id}");
    }

    [Test]
    public void Every_invariant_is_tampered_with() =>
        Invariants.All.Select(each => each.Name).ShouldBe(Tampering.Select(each => (string)each.Arguments[0]!).Distinct(), ignoreOrder: true);

    [Test]
    public async Task Many_offenders_are_counted_and_ten_are_named()
    {
        var broken = (await AuditAsync("""
            INSERT INTO products (id, sku, name, price, stock, rating_sum, review_count, units_sold, version, created_at, updated_at)
            SELECT i, i::text, 'x', 1, 1, 0, 0, 0, 1, now(), now() FROM generate_series(1, 25) i
            """)).Single(finding => !finding.Holds);

        broken.Name.ShouldBe("stock_movements");
        broken.Broken.ShouldBe(25);
        broken.Ids.ShouldBe(Enumerable.Range(1, 10).Select(id => (long)id));
        broken.ToString().ShouldEndWith("25 products break it: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …");
    }

    /// <summary>The database guards most of this itself, so the guards go first.</summary>
    private const string WithoutGuards = """

        DO $$ DECLARE c record; BEGIN
            FOR c IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace
            LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.t, c.conname); END LOOP;
        END $$;
        DROP INDEX ux_orders_cart_id;
        DROP INDEX ux_payments_live;
        
        """;

    private static async Task<IReadOnlyList<AuditFinding>> AuditAsync(string sql)
    {
        var connectionString = await TestCluster.CloneAsync();
        try
        {
            await ExecuteAsync(connectionString, sql);
            await using var services = new ServiceCollection()
                .AddSingleton(new DatabaseAddress { ConnectionString = connectionString })
                .AddSingleton(new ShopCalendar(TimeZoneInfo.Utc))
                .AddPostgreSql()
                .BuildServiceProvider();
            return await ShopAudit.RunAsync(services, default);
        }
        finally
        {
            await TestCluster.DropAsync(connectionString);
        }
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandType = CommandType.Text };
        await command.ExecuteNonQueryAsync();
    }
}
