namespace Shop.Infrastructure.Audit;

/// <summary>All invariants. A new one is a new entry here, and a way to break it in the tests.</summary>
internal static class Invariants
{
    /// <summary>What <see cref="Domain.Orders.OrderTransitions.IsPurchase"/> says, in SQL.</summary>
    private const string Purchased = "('paid', 'shipped', 'delivered')";

    public static IReadOnlyList<Invariant> All { get; } =
    [
        new("product_numbers", "No product has a negative stock, price, or count.", "products", """
            SELECT id FROM products
            WHERE stock < 0 OR price < 0 OR units_sold < 0 OR review_count < 0 OR rating_sum < 0
            """),
        new("order_amounts", "No order has a negative amount.", "orders", """
            SELECT id FROM orders
            WHERE subtotal < 0 OR discount < 0 OR shipping < 0 OR tax < 0 OR total < 0
            """),
        new("line_numbers", "Every order line has at least one unit, and no negative price, discount or held stock.", "order lines", """
            SELECT id FROM order_items
            WHERE quantity < 1 OR unit_price < 0 OR line_total < 0 OR stock_held < 0 OR discount < 0
            """),
        new("cart_line_numbers", "Every cart line has at least one unit and no negative price.", "cart lines", """
            SELECT id FROM cart_items
            WHERE quantity < 1 OR added_price < 0
            """),
        new("line_totals", "An order line's total is its unit price times its quantity.", "order lines", """
            SELECT id FROM order_items
            WHERE line_total <> unit_price * quantity
                OR (line_total IS NULL AND unit_price IS NOT NULL)
                OR (line_total IS NOT NULL AND unit_price IS NULL)
            """),
        new("order_totals", "An order's subtotal is the sum of its lines, and its total follows from it.", "orders", """
            SELECT o.id FROM orders o
            LEFT JOIN (SELECT order_id, SUM(line_total) AS amount FROM order_items GROUP BY order_id) lines ON lines.order_id = o.id
            WHERE o.subtotal <> COALESCE(lines.amount, 0) OR o.total <> o.subtotal - o.discount + o.shipping + o.tax
            """),
        new("line_discounts", "An order's discount is the sum of its lines' discounts, none of them more than the line's total.", "orders", """
            SELECT o.id FROM orders o
            LEFT JOIN (
                SELECT order_id, SUM(discount) AS amount, MAX(CASE WHEN discount > COALESCE(line_total, 0) THEN 1 ELSE 0 END) AS excess
                FROM order_items
                GROUP BY order_id) lines ON lines.order_id = o.id
            WHERE o.discount <> COALESCE(lines.amount, 0) OR lines.excess = 1
            """),
        new("line_snapshots", "Every line of an order that was placed holds what was bought, as it was then.", "order lines", """
            SELECT i.id FROM order_items i
            JOIN orders o ON o.id = i.order_id
            WHERE o.status <> 'active' AND NOT (o.status = 'cancelled' AND o.placed_at IS NULL)
                AND (i.sku IS NULL OR i.name IS NULL OR i.unit_price IS NULL OR i.line_total IS NULL)
            """),
        new("stock_movements", "A product's stock is the sum of its movements.", "products", """
            SELECT p.id FROM products p
            LEFT JOIN (SELECT product_id, SUM(CAST(delta AS bigint)) AS units FROM stock_movements GROUP BY product_id) moved
                ON moved.product_id = p.id
            WHERE p.stock <> COALESCE(moved.units, 0)
            """),
        new("held_stock", "The stock that an order's lines hold is what was moved for it.", "orders", """
            SELECT DISTINCT order_id AS id FROM (
                SELECT order_id, product_id, CAST(delta AS bigint) AS units FROM stock_movements WHERE order_id IS NOT NULL
                UNION ALL
                SELECT order_id, product_id, CAST(stock_held AS bigint) FROM order_items WHERE stock_held <> 0) moved
            GROUP BY order_id, product_id
            HAVING SUM(units) <> 0
            """),
        new("held_stock_status", "Only orders that are placed and not cancelled hold stock, and never imported ones.", "orders", """
            SELECT DISTINCT o.id FROM orders o
            JOIN order_items i ON i.order_id = o.id
            WHERE i.stock_held <> 0 AND (o.status IN ('active', 'cancelled') OR o.origin = 'imported')
            """),
        new("units_sold", "A product's units sold are those of its purchases.", "products", $"""
            SELECT p.id FROM products p
            LEFT JOIN (
                SELECT i.product_id, SUM(CAST(i.quantity AS bigint)) AS units FROM order_items i
                JOIN orders o ON o.id = i.order_id
                WHERE o.status IN {Purchased}
                GROUP BY i.product_id) sold ON sold.product_id = p.id
            WHERE p.units_sold <> COALESCE(sold.units, 0)
            """),
        new("review_counts", "A product's review count, sum and mean are those of its reviews.", "products", """
            SELECT p.id FROM products p
            LEFT JOIN (
                SELECT product_id, COUNT(*) AS reviews, SUM(rating) AS ratings, AVG(CAST(rating AS decimal(20, 4))) AS mean FROM reviews
                GROUP BY product_id) given ON given.product_id = p.id
            WHERE p.review_count <> COALESCE(given.reviews, 0) OR p.rating_sum <> COALESCE(given.ratings, 0)
                OR ABS(p.rating - COALESCE(given.mean, 0)) > 0.005
            """),
        new("product_words", "The words of every product of the catalog are listed for the search, and no others.", "products", dialect => dialect.MislistedProducts),
        new("coupon_uses", "A coupon's uses are its redemptions, no more than it allows to all together.", "coupons", """
            SELECT c.id FROM coupons c
            LEFT JOIN (SELECT coupon_id, COUNT(*) AS uses FROM coupon_redemptions GROUP BY coupon_id) redeemed ON redeemed.coupon_id = c.id
            WHERE c.used <> COALESCE(redeemed.uses, 0) OR c.used > c.max_uses
            """),
        new("coupon_user_uses", "Nobody uses a coupon more often than it allows to one user.", "coupons", """
            SELECT DISTINCT c.id FROM coupons c
            JOIN (SELECT coupon_id, user_id, COUNT(*) AS uses FROM coupon_redemptions GROUP BY coupon_id, user_id) redeemed
                ON redeemed.coupon_id = c.id
            WHERE redeemed.uses > c.max_uses_per_user
            """),
        new(
            "coupon_redemptions",
            "An order that was placed with a coupon uses it, for its buyer, until it is cancelled unpaid; only such an order has a discount.",
            "orders",
            """
            SELECT o.id FROM orders o
            LEFT JOIN coupon_redemptions r ON r.order_id = o.id
            WHERE r.user_id <> o.user_id
                OR (r.order_id IS NOT NULL AND (o.coupon_code IS NULL OR o.placed_at IS NULL OR (o.status = 'cancelled' AND o.paid_at IS NULL)))
                OR (r.order_id IS NULL AND o.coupon_code IS NOT NULL AND NOT (o.status = 'cancelled' AND o.paid_at IS NULL))
                OR (o.discount <> 0 AND o.coupon_code IS NULL)
            """),
        new("cart_orders", "A cart has become at most one order.", "carts", """
            SELECT cart_id AS id FROM orders
            WHERE cart_id IS NOT NULL
            GROUP BY cart_id
            HAVING COUNT(*) > 1
            """),
        new("placed_events", "Every order placed here told so once. Events may be forgotten after a day; shops older than their events told nothing before.", "orders", """
            SELECT o.id FROM orders o
            LEFT JOIN (SELECT aggregate_id, COUNT(*) AS events FROM outbox WHERE type = 'order.placed' GROUP BY aggregate_id) told
                ON told.aggregate_id = o.id
            WHERE told.events > 1 OR (told.events = 1 AND (o.placed_at IS NULL OR o.origin <> 'shop'))
                OR (told.events IS NULL AND o.origin = 'shop' AND o.placed_at > @yesterday
                    AND o.placed_at > (SELECT MIN(created_at) FROM outbox))
            """),
        new("event_sequences", "The events of an aggregate are counted without a gap, but for forgotten ones.", "events", """
            SELECT e.id FROM outbox e
            WHERE e.sequence > 1 AND e.created_at > @yesterday
                AND NOT EXISTS (
                    SELECT 1 FROM outbox earlier
                    WHERE earlier.aggregate_type = e.aggregate_type AND earlier.aggregate_id = e.aggregate_id
                        AND earlier.sequence = e.sequence - 1)
                AND EXISTS (
                    SELECT 1 FROM outbox earlier
                    WHERE earlier.aggregate_type = e.aggregate_type AND earlier.aggregate_id = e.aggregate_id
                        AND earlier.sequence < e.sequence AND earlier.created_at > @yesterday)
            """),
        new("status_events", "Every step of an order that its history has was told. Events may be forgotten after a day.", "orders", """
            SELECT DISTINCT h.order_id AS id FROM order_history h
            WHERE h.change IN ('placed', 'paid', 'shipped', 'delivered', 'cancelled', 'refunded')
                AND h.at > @yesterday AND h.at > (SELECT MIN(created_at) FROM outbox)
                AND NOT EXISTS (
                    SELECT 1 FROM outbox e
                    WHERE e.aggregate_type = 'order' AND e.aggregate_id = h.order_id AND e.type = CONCAT('order.', h.change))
            """),
        new("refund_events", "Every refund that came through told so once. Events may be forgotten after a day; refunds older than their events told nothing.", "refunds", """
            SELECT r.id FROM refunds r
            LEFT JOIN (SELECT aggregate_id, COUNT(*) AS events FROM outbox WHERE type = 'refund.succeeded' GROUP BY aggregate_id) told
                ON told.aggregate_id = r.id
            WHERE told.events > 1 OR (told.events = 1 AND r.status <> 'succeeded')
                OR (told.events IS NULL AND r.status = 'succeeded' AND r.updated_at > @yesterday
                    AND r.updated_at > (SELECT MIN(created_at) FROM outbox WHERE type = 'refund.succeeded'))
            """),
        new("order_mails", "What an order's or a refund's event asked to be mailed, once it is done, is logged for the buyer: sent, or skipped for a reason.", "orders", """
            SELECT DISTINCT o.id FROM outbox e
            JOIN outbox_deliveries d ON d.event_id = e.event_id AND d.consumer = 'mails' AND d.status = 'done'
            LEFT JOIN refunds r ON e.type = 'refund.succeeded' AND r.id = e.aggregate_id
            JOIN orders o ON o.id = COALESCE(r.order_id, e.aggregate_id)
            LEFT JOIN mails m ON m.event_id = e.event_id
                AND m.kind = CASE e.type WHEN 'refund.succeeded' THEN 'order_refunded' ELSE REPLACE(e.type, '.', '_') END
            WHERE e.type IN ('order.placed', 'order.shipped', 'refund.succeeded')
                AND (m.event_id IS NULL OR m.user_id IS NULL OR m.user_id <> o.user_id
                    OR NOT ((m.status = 'sent' AND m.sent_at IS NOT NULL) OR (m.status = 'skipped' AND m.reason IS NOT NULL)))
            """),
        new("webhook_deliveries", "A delivery is of an event, is done by an answer of success alone, and nobody works on one that ended.", "deliveries", """
            SELECT d.id FROM webhook_deliveries d
            WHERE (d.status = 'done' AND (d.last_status IS NULL OR d.last_status < 200 OR d.last_status > 299))
                OR (d.status <> 'waiting' AND (d.finished_at IS NULL OR d.lease_owner IS NOT NULL))
                OR (d.created_at > @yesterday AND NOT EXISTS (
                    SELECT 1 FROM outbox e
                    WHERE e.event_id = d.event_id AND e.type = d.event_type AND e.aggregate_type = d.aggregate_type
                        AND e.aggregate_id = d.aggregate_id AND e.sequence = d.sequence))
            """),
        new("webhook_filing", "No event is with a webhook before the outbox has noted that it was filed.", "deliveries", """
            SELECT d.id FROM webhook_deliveries d
            JOIN outbox_deliveries o ON o.event_id = d.event_id AND o.consumer = 'webhooks'
            WHERE o.status <> 'done'
            """),
        new("webhook_events", "What happened in the last day is with every active webhook that wanted it, or about to be.", "events", dialect => $"""
            SELECT DISTINCT e.id FROM outbox e
            JOIN webhooks w ON w.active = '1' AND w.events LIKE CONCAT('%"', e.type, '"%') AND e.created_at > {dialect.MinuteAfter("w.updated_at")}
            WHERE e.created_at > @yesterday
                AND NOT EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.event_id = e.event_id)
                AND NOT EXISTS (SELECT 1 FROM outbox_deliveries o WHERE o.event_id = e.event_id AND o.consumer = 'webhooks' AND o.status <> 'done')
            """),
        new("order_history", "The history of an order, where it has one, ends in the order's status.", "orders", """
            SELECT o.id FROM orders o
            WHERE EXISTS (SELECT 1 FROM order_history h WHERE h.order_id = o.id AND h.change = 'created')
                AND (NOT EXISTS (
                        SELECT 1 FROM order_history h
                        WHERE h.order_id = o.id AND h.to_value = o.status AND h.change IN ('created', o.status))
                    OR EXISTS (SELECT 1 FROM order_history h WHERE h.order_id = o.id AND h.from_value = o.status))
            """),
        new("payment_amounts", "No payment has given back more than it took.", "payments", """
            SELECT id FROM payments
            WHERE amount < 0 OR refunded < 0 OR refunded > amount OR (refunded > 0 AND status <> 'captured')
            """),
        new("payment_refunds", "What a payment gave back, or is about to, is the sum of its refunds.", "payments", """
            SELECT p.id FROM payments p
            LEFT JOIN (SELECT payment_id, SUM(amount) AS amount FROM refunds WHERE status <> 'failed' GROUP BY payment_id) given ON given.payment_id = p.id
            WHERE p.refunded <> COALESCE(given.amount, 0)
            """),
        new("order_payments", "An order that was bought here and paid has one captured payment, of its total; one that was not paid has none.", "orders", """
            SELECT o.id FROM orders o
            LEFT JOIN (
                SELECT order_id, COUNT(*) AS payments, MIN(amount) AS amount FROM payments
                WHERE status = 'captured'
                GROUP BY order_id) taken ON taken.order_id = o.id
            WHERE o.origin = 'shop' AND (
                (o.status IN ('paid', 'shipped', 'delivered', 'refunded') AND (taken.payments IS NULL OR taken.payments <> 1 OR taken.amount <> o.total))
                OR (o.status IN ('active', 'placed') AND taken.payments IS NOT NULL)
                OR taken.payments > 1)
            """),
        new("ended_order_money", "Of an order that was cancelled or refunded all money went back, or is about to.", "orders", """
            SELECT DISTINCT o.id FROM orders o
            JOIN payments p ON p.order_id = o.id
            WHERE o.status IN ('cancelled', 'refunded') AND p.status = 'captured' AND p.refunded <> p.amount
            """),
        new("sandbox_ledger", "What the sandbox took for an order and gave back is what the shop's books say, where nothing is under way.", "orders", """
            SELECT order_id AS id FROM (
                SELECT order_id, amount FROM payments WHERE provider = 'sandbox' AND status = 'captured'
                UNION ALL
                SELECT r.order_id, -r.amount FROM refunds r JOIN payments p ON p.id = r.payment_id WHERE p.provider = 'sandbox' AND r.status = 'succeeded'
                UNION ALL
                SELECT order_id, CASE move WHEN 'capture' THEN -amount WHEN 'refund' THEN amount ELSE 0 END FROM sandbox_ledger) moved
            WHERE NOT EXISTS (
                    SELECT 1 FROM payments p
                    WHERE p.order_id = moved.order_id AND (p.status = 'pending' OR (p.due_at IS NOT NULL AND p.provider_reference IS NOT NULL)))
                AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.order_id = moved.order_id AND r.status = 'pending')
            GROUP BY order_id
            HAVING SUM(amount) <> 0
            """),
        new("pending_payments", "No payment has been under way, and nothing that was taken too late owed back, for more than a day.", "payments", """
            SELECT id FROM payments
            WHERE (status = 'pending' OR (due_at IS NOT NULL AND provider_reference IS NOT NULL)) AND created_at < @yesterday
            """),
        .. SalesInvariants.All,
    ];
}
