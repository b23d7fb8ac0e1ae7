namespace Shop.Application.Orders;

/// <summary>How long a placed order waits to be paid, as configured.</summary>
/// <param name="Length">Above zero.</param>
public sealed record PaymentWindow(TimeSpan Length)
{
    /// <summary>The latest moment of placing that is too long ago.</summary>
    /// <param name="now">The present, UTC.</param>
    public DateTimeOffset PlacedUntil(DateTimeOffset now) => now - Length;
}
