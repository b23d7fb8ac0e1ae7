namespace Shop.Domain.Orders;

/// <summary>One entry of an order's history: who changed what, and when. Entries are added and never changed.</summary>
public sealed class OrderChange
{
    /// <summary>The longest kind of a change.</summary>
    public const int MaxKindLength = 30;

    /// <summary>The longest value or detail.</summary>
    public const int MaxTextLength = 100;

    private OrderChange()
    {
    }

    /// <summary>The key; within one order and moment, later entries have higher ones.</summary>
    public long Id { get; private set; }

    /// <summary>Whose history.</summary>
    public long OrderId { get; private set; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Who did it; null for the shop itself. It stays when the user is erased.</summary>
    public long? UserId { get; private set; }

    /// <summary>What happened: one of <see cref="OrderChanges"/>.</summary>
    public string Change { get; private set; } = null!;

    /// <summary>What was before: a status, units or a user; null where there was nothing.</summary>
    public string? From { get; private set; }

    /// <summary>What is now; null where there is nothing.</summary>
    public string? To { get; private set; }

    /// <summary>More about it: the product of a line, or why an order was cancelled; never anything personal.</summary>
    public string? Detail { get; private set; }

    /// <summary>An entry.</summary>
    /// <param name="orderId">Whose history.</param>
    /// <param name="fact">What happened.</param>
    /// <param name="userId">Who did it; null for the shop itself.</param>
    /// <param name="at">When, UTC.</param>
    public static OrderChange Of(long orderId, OrderFact fact, long? userId, DateTimeOffset at) =>
        new() { OrderId = orderId, At = at, UserId = userId, Change = fact.Change, From = fact.From, To = fact.To, Detail = fact.Detail };
}

/// <summary>What happened to an order.</summary>
/// <param name="Change">One of <see cref="OrderChanges"/>.</param>
/// <param name="From">What was before, or null.</param>
/// <param name="To">What is now, or null.</param>
/// <param name="Detail">More about it, or null.</param>
public sealed record OrderFact(string Change, string? From = null, string? To = null, string? Detail = null);

/// <summary>The kinds of changes in an order's history. A change of status is called by the new status.</summary>
public static class OrderChanges
{
    /// <summary>It came into being, in the status that <see cref="OrderChange.To"/> says.</summary>
    public const string Created = "created";

    /// <summary>A product was put in; <see cref="OrderChange.To"/> is units.</summary>
    public const string LineAdded = "line_added";

    /// <summary>The units of a line changed, or what was bought.</summary>
    public const string LineChanged = "line_changed";

    /// <summary>A product was taken out; <see cref="OrderChange.From"/> is units.</summary>
    public const string LineRemoved = "line_removed";

    /// <summary>It goes elsewhere. Addresses are personal, so the history does not hold them.</summary>
    public const string AddressChanged = "address_changed";

    /// <summary>A record of a sale was corrected: somebody else bought.</summary>
    public const string BuyerChanged = "buyer_changed";

    /// <summary>What is taken off the subtotal changed.</summary>
    public const string DiscountChanged = "discount_changed";

    /// <summary>The word for a status, as clients read it.</summary>
    /// <param name="status">The status.</param>
    public static string Of(OrderStatus status) => status.ToString().ToLowerInvariant();
}
