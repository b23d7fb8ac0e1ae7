namespace Shop.Domain.Catalog;

/// <summary>One change of a product's stock; all of a product's movements add up to its stock.</summary>
public sealed class StockMovement
{
    private StockMovement()
    {
    }

    /// <summary>The key.</summary>
    public long Id { get; private set; }

    /// <summary>Whose stock moved.</summary>
    public long ProductId { get; private set; }

    /// <summary>Units: negative when they left.</summary>
    public int Delta { get; private set; }

    /// <summary>Why: one of <see cref="StockReason"/>.</summary>
    public StockReason Reason { get; private set; }

    /// <summary>The order it moved for; null for none, or one that is gone.</summary>
    public long? OrderId { get; private set; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>A movement that happens now.</summary>
    /// <param name="productId">Whose stock moves.</param>
    /// <param name="delta">Units: negative when they leave.</param>
    /// <param name="reason">Why.</param>
    /// <param name="orderId">The order it moves for, or null.</param>
    /// <param name="now">The present, UTC.</param>
    public static StockMovement Of(long productId, int delta, StockReason reason, long? orderId, DateTimeOffset now) =>
        new() { ProductId = productId, Delta = delta, Reason = reason, OrderId = orderId, CreatedAt = now };
}

/// <summary>Why stock moved.</summary>
public enum StockReason
{
    /// <summary>The product was listed with units on hand.</summary>
    Listed,

    /// <summary>A person or a catalog file set the units on hand.</summary>
    Recounted,

    /// <summary>An order was placed.</summary>
    Placed,

    /// <summary>An order ended, or a line left it.</summary>
    Released,

    /// <summary>A sale made elsewhere was recorded.</summary>
    Recorded,
}
