using System.Text.Json.Nodes;

namespace Shop.WebApi.OpenApi;

/// <summary>One example for each property name, so that examples fit together wherever they appear.</summary>
internal static class Examples
{
    private const string All =
        """
        {
          "id": 1042, "user_id": 7, "product_id": 1042, "order_id": 5001, "category_id": 12, "parent_id": 3, "seller_id": 7, "payment_id": 9001,
          "username": "anna.berg", "email": "anna@example.org", "login": "anna.berg", "password": "correct horse", "current_password": "correct horse",
          "new_password": "battery staple", "first_name": "Anna", "last_name": "Berg", "gender": "female", "roles": ["admin"], "author": "Anna B.",
          "token_type": "Bearer", "access_token": "CfDJ8N…", "refresh_token": "q83vEjRWeJ…", "expires_in": 3600,
          "sku": "LAMP-01", "name": "Desk lamp", "description": "Warm light, dimmable.", "price": 24.90, "currency": "EUR", "category": "Lighting",
          "image_url": "https://example.org/lamp.jpg", "stock": 25, "rating": 4, "review_count": 12, "comment": "Just right for my desk.",
          "verified_purchase": true, "number": "10042", "status": "placed", "cancel_reason": "expired", "quantity": 2, "unit_price": 24.90,
          "line_total": 49.80, "subtotal": 49.80, "discount": 0, "shipping": 0, "tax": 0, "total": 49.80, "expected_total": 49.80, "coupon": "SPRING",
          "code": "SPRING", "percent": 10, "amount": 5, "max_uses": 100, "max_uses_per_user": 1, "min_subtotal": 20, "used": 17,
          "starts_at": "2026-03-01T00:00:00Z", "ends_at": "2026-04-01T00:00:00Z",
          "line1": "Main Street 1", "line2": "2nd floor", "city": "Springfield", "region": "Bavaria", "postal_code": "12345", "country": "DE",
          "Address.name": "Anna Berg", "AddressInput.name": "Anna Berg", "CategoryAnswer.name": "Lighting", "CreateCategory.name": "Lighting",
          "ReplaceCategory.name": "Lighting", "UpdateCategory.name": "Lighting", "ReviewAnswer.rating": 5, "ProductAnswer.rating": 4.25,
          "revenue": 1249.50, "orders": 18, "units_sold": 340, "units": 340, "period": "2026-10-25", "average_order_value": 69.42,
          "CreateReport.type": "sales", "CreateReport.from": "2026-10-01", "CreateReport.to": "2026-10-31", "ReportAnswer.type": "sales", "ReportAnswer.status": "running",
          "progress": 40, "finished_at": "2026-03-01T09:32:00Z",
          "provider": "sandbox", "provider_reference": "sandbox_8a4fa08d93ae", "method": "sandbox_ok", "reason": "Arrived broken.", "restock": true,
          "PaymentAnswer.status": "captured", "RefundAnswer.status": "succeeded",
          "url": "https://erp.example.org/shop-events", "events": ["order.paid", "order.shipped"], "active": true, "secret": "whsec_9mQ…",
          "event_type": "order.paid", "sequence": 2, "last_status": 200, "WebhookDeliveryAnswer.status": "done",
          "created_at": "2026-03-01T09:30:00Z", "updated_at": "2026-03-02T10:00:00Z", "placed_at": "2026-03-01T09:30:00Z", "paid_at": "2026-03-01T09:31:00Z",
          "purchased_at": "2026-03-01T09:31:00Z"
        }
        """;

    private static readonly JsonObject ByName = JsonNode.Parse(All)!.AsObject();

    /// <summary>The example of a property, of its type where names mean different things; null without one.</summary>
    /// <param name="type">Whose property.</param>
    /// <param name="property">Its name on the wire.</param>
    public static JsonNode? Of(Type type, string property) => (ByName[$"{type.Name}.{property}"] ?? ByName[property])?.DeepClone();
}
