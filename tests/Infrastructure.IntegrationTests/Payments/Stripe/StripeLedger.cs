using System.Globalization;
using System.Text.Json.Nodes;

namespace Shop.Infrastructure.IntegrationTests.Payments.Stripe;

/// <summary>Payments and refunds as the public API documents them: shapes, refusals, and keys that are replayed.</summary>
internal sealed class StripeLedger(TimeProvider clock)
{
    public const string SecretKey = "sk_test_4eC39HqLyjWDarjtT1zdp7dc";
    public const string Version = "2024-06-20";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Request, int Status, JsonObject Body)> _keys = [];

    /// <summary>Oldest first.</summary>
    public List<JsonObject> Intents { get; } = [];

    /// <summary>Oldest first.</summary>
    public List<JsonObject> Refunds { get; } = [];

    /// <summary>The status that a new refund has.</summary>
    public string RefundStatus { get; set; } = "succeeded";

    public static string Error(string type, string? code = null, string? message = null) =>
        new JsonObject { ["error"] = ErrorBody(type, code, message ?? "An error.") }.ToJsonString();

    public (int Status, JsonObject Body, bool Replayed) Handle(Received request)
    {
        lock (_gate)
        {
            if (request.Headers.GetValueOrDefault("Authorization") != $"Bearer {SecretKey}")
                return Refuse(401, "invalid_request_error", null, "Invalid API Key provided: sk_test_********");

            if (request.Headers.GetValueOrDefault("Stripe-Version") != Version)
                return Refuse(400, "invalid_request_error", null, "Invalid Stripe API version.");

            if (request.Method == "GET")
                return Done(Get(request));

            var key = request.Headers.GetValueOrDefault("Idempotency-Key");
            if (key is null)
                return Done(Post(request));

            var fingerprint = $"{request.Path}?{string.Join('&', request.Form.OrderBy(field => field.Key, StringComparer.Ordinal))}";
            if (_keys.TryGetValue(key, out var earlier))
            {
                return earlier.Request == fingerprint
                    ? (earlier.Status, (JsonObject)earlier.Body.DeepClone(), true)
                    : Refuse(400, "idempotency_error", null, "Keys for idempotent requests can only be used with the same parameters they were first used with.");
            }

            var (status, body) = Post(request);
            _keys[key] = (fingerprint, status, (JsonObject)body.DeepClone());
            return (status, body, false);
        }
    }

    public JsonObject AddIntent(string status, long amount, string currency, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var intent = new JsonObject
        {
            ["id"] = $"pi_{Intents.Count + 1:D8}",
            ["object"] = "payment_intent",
            ["amount"] = amount,
            ["amount_capturable"] = status == "requires_capture" ? amount : 0,
            ["amount_details"] = new JsonObject { ["tip"] = new JsonObject() },
            ["amount_received"] = 0,
            ["cancellation_reason"] = null,
            ["capture_method"] = "manual",
            ["client_secret"] = "pi_secret_not_to_be_read",
            ["confirmation_method"] = "automatic",
            ["created"] = clock.GetUtcNow().ToUnixTimeSeconds(),
            ["currency"] = currency,
            ["last_payment_error"] = null,
            ["latest_charge"] = $"ch_{Intents.Count + 1:D8}",
            ["livemode"] = false,
            ["metadata"] = new JsonObject(metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["next_action"] = null,
            ["payment_method_types"] = new JsonArray("card"),
            ["status"] = status,
        };
        Intents.Add(intent);
        return intent;
    }

    private (int, JsonObject) Get(Received request) => request.Path switch
    {
        "/v1/payment_intents" => Page(request, Intents.Where(intent =>
            (long)intent["created"]! >= Bound(request, "created[gte]", 0) && (long)intent["created"]! <= Bound(request, "created[lte]", long.MaxValue))),
        "/v1/refunds" when Intent(request.Query["payment_intent"]) is null => Missing("payment_intent"),
        "/v1/refunds" => Page(request, Refunds.Where(refund => (string?)refund["payment_intent"] == request.Query["payment_intent"])),
        _ when request.Path.StartsWith("/v1/payment_intents/", StringComparison.Ordinal) =>
            Intent(request.Path.Split('/')[3]) is { } intent ? (200, Shown(intent, request.Query)) : Missing("intent"),
        _ => Refusal(404, "invalid_request_error", null, $"Unrecognized request URL (GET: {request.Path})."),
    };

    private (int, JsonObject) Post(Received request) => request.Path.Split('/') switch
    {
        [_, "v1", "payment_intents"] => Create(request),
        [_, "v1", "payment_intents", var id, "capture"] when Intent(id) is { } intent => Move(request, intent, "succeeded", "requires_capture"),
        [_, "v1", "payment_intents", var id, "cancel"] when Intent(id) is { } intent =>
            Move(request, intent, "canceled", "requires_capture", "requires_payment_method", "requires_confirmation", "requires_action", "processing"),
        [_, "v1", "payment_intents", _, "capture" or "cancel"] => Missing("intent"),
        [_, "v1", "refunds"] => Refund(request),
        _ => Refusal(404, "invalid_request_error", null, $"Unrecognized request URL (POST: {request.Path})."),
    };

    private (int, JsonObject) Create(Received request)
    {
        var form = request.Form;
        if (form.Keys.FirstOrDefault(name => !name.StartsWith("metadata[", StringComparison.Ordinal) && name is not ("amount" or "currency" or "payment_method"
            or "payment_method_types[]" or "capture_method" or "confirm" or "error_on_requires_action" or "expand[]")) is { } unknown)
            return Refusal(400, "invalid_request_error", "parameter_unknown", $"Received unknown parameter: {unknown}");

        if (!long.TryParse(form["amount"], NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || amount > 99_999_999)
            return Refusal(400, "invalid_request_error", "amount_too_large", "Amount must be no more than 999,999.99.");

        var decline = form["payment_method"] switch
        {
            "pm_card_visa" => null,
            "pm_card_visa_chargeDeclined" => ("card_declined", "generic_decline"),
            "pm_card_visa_chargeDeclinedInsufficientFunds" => ("card_declined", "insufficient_funds"),
            "pm_card_chargeDeclinedExpiredCard" => ("expired_card", null),
            "pm_card_authenticationRequired" => ("authentication_required", "authentication_required"),
            _ => ((string, string?)?)("resource_missing", null),
        };
        if (decline is ("resource_missing", _))
            return Missing("payment_method");

        var metadata = form.Where(field => field.Key.StartsWith("metadata[", StringComparison.Ordinal)).ToDictionary(field => field.Key[9..^1], field => field.Value);
        var intent = AddIntent(decline is null ? "requires_capture" : "requires_payment_method", amount, form["currency"], metadata);
        if (decline is not var (code, reason))
            return (200, Shown(intent, form));

        var error = ErrorBody("card_error", code, "Your card was declined.");
        error["charge"] = intent["latest_charge"]!.DeepClone();
        if (reason is not null)
            error["decline_code"] = reason;
        intent["last_payment_error"] = error.DeepClone();
        error["payment_intent"] = intent.DeepClone();
        return (402, new JsonObject { ["error"] = error });
    }

    private (int, JsonObject) Move(Received request, JsonObject intent, string goal, params string[] from)
    {
        if (!from.Contains((string)intent["status"]!))
        {
            var refusal = ErrorBody("invalid_request_error", "payment_intent_unexpected_state", $"This PaymentIntent has a status of {intent["status"]}.");
            refusal["payment_intent"] = intent.DeepClone();
            return (400, new JsonObject { ["error"] = refusal });
        }

        intent["status"] = goal;
        intent["amount_capturable"] = 0;
        intent["amount_received"] = goal == "succeeded" ? (long)intent["amount"]! : 0;
        return (200, Shown(intent, request.Form));
    }

    private (int, JsonObject) Refund(Received request)
    {
        if (Intent(request.Form["payment_intent"]) is not { } intent)
            return Missing("payment_intent");

        var amount = long.Parse(request.Form["amount"], NumberStyles.None, CultureInfo.InvariantCulture);
        if (amount > (long)intent["amount_received"]! - Refunded(intent))
            return Refusal(400, "invalid_request_error", null, $"Refund amount ({amount}) is greater than unrefunded amount on charge.");

        var refund = new JsonObject
        {
            ["id"] = $"re_{Refunds.Count + 1:D8}",
            ["object"] = "refund",
            ["amount"] = amount,
            ["charge"] = intent["latest_charge"]!.DeepClone(),
            ["created"] = clock.GetUtcNow().ToUnixTimeSeconds(),
            ["currency"] = intent["currency"]!.DeepClone(),
            ["metadata"] = new JsonObject(request.Form.Where(field => field.Key.StartsWith("metadata[", StringComparison.Ordinal))
                .Select(field => KeyValuePair.Create(field.Key[9..^1], (JsonNode?)field.Value))),
            ["payment_intent"] = intent["id"]!.DeepClone(),
            ["reason"] = null,
            ["status"] = RefundStatus,
        };
        Refunds.Add(refund);
        return (200, (JsonObject)refund.DeepClone());
    }

    private JsonObject? Intent(string id) => Intents.FirstOrDefault(intent => (string?)intent["id"] == id);

    private long Refunded(JsonObject intent) => Refunds
        .Where(refund => (string?)refund["payment_intent"] == (string?)intent["id"] && (string?)refund["status"] is not ("failed" or "canceled"))
        .Sum(refund => (long)refund["amount"]!);

    /// <summary>The charge is an id unless it is asked for; a cancelled payment's charge counts as refunded.</summary>
    private JsonObject Expanded(JsonObject intent) => new()
    {
        ["id"] = intent["latest_charge"]!.DeepClone(),
        ["object"] = "charge",
        ["amount"] = intent["amount"]!.DeepClone(),
        ["amount_refunded"] = (string?)intent["status"] == "canceled" ? (long)intent["amount"]! : Refunded(intent),
        ["captured"] = (string?)intent["status"] == "succeeded",
    };

    private static long Bound(Received request, string name, long otherwise) =>
        request.Query.TryGetValue(name, out var text) ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;

    private static (int, JsonObject) Page(Received request, IEnumerable<JsonObject> objects)
    {
        var limit = (int)Bound(request, "limit", 10);
        var rest = objects.Reverse().ToList();
        if (request.Query.TryGetValue("starting_after", out var after))
            rest = rest[(rest.FindIndex(item => (string?)item["id"] == after) + 1)..];

        return (200, new JsonObject
        {
            ["object"] = "list",
            ["url"] = request.Path,
            ["has_more"] = rest.Count > limit,
            ["data"] = new JsonArray([.. rest.Take(limit).Select(item => item.DeepClone())]),
        });
    }

    private static (int, JsonObject) Missing(string param)
    {
        var error = ErrorBody("invalid_request_error", "resource_missing", $"No such {param}.");
        error["param"] = param;
        return (404, new JsonObject { ["error"] = error });
    }

    private static JsonObject ErrorBody(string type, string? code, string message)
    {
        var error = new JsonObject { ["message"] = message, ["type"] = type };
        if (code is not null)
        {
            error["code"] = code;
            error["doc_url"] = $"https://stripe.com/docs/error-codes/{code}";
        }

        return error;
    }

    private static (int, JsonObject) Refusal(int status, string type, string? code, string message) =>
        (status, new JsonObject { ["error"] = ErrorBody(type, code, message) });

    private static (int, JsonObject, bool) Refuse(int status, string type, string? code, string message) => Done(Refusal(status, type, code, message));

    private static (int, JsonObject, bool) Done((int Status, JsonObject Body) answer) => (answer.Status, answer.Body, false);

    private JsonObject Shown(JsonObject intent, IReadOnlyDictionary<string, string> parameters)
    {
        var shown = (JsonObject)intent.DeepClone();
        if (parameters.GetValueOrDefault("expand[]") == "latest_charge")
            shown["latest_charge"] = Expanded(intent);
        return shown;
    }
}
