namespace Shop.Application.Payments;

/// <summary>How long a placed order waits to be paid.</summary>
/// <param name="Length">From <c>Shop:PaymentWindow</c>.</param>
public sealed record PaymentWindow(TimeSpan Length);
