namespace Shop.Infrastructure.Recommendations;

/// <summary>
/// One sign of interest: a purchase or a favorite. How many units were bought and how often is left out on purpose: it made recommendations
/// worse on the data they were measured on.
/// </summary>
/// <param name="UserId">Who was interested.</param>
/// <param name="ProductId">In what.</param>
/// <param name="At">When.</param>
internal readonly record struct Interaction(long UserId, long ProductId, DateTimeOffset At);
