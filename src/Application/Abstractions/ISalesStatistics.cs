namespace Shop.Application.Abstractions;

/// <summary>Questions about all sales at once, answered by the database from what the books keep up to date.</summary>
public interface ISalesStatistics
{
    /// <summary>Who, of those not erased, has brought the highest revenue: what they paid for goods, after discount, less what they got back. Ties: the lowest id.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when nobody has bought anything.</returns>
    Task<CustomerRevenue?> MostValuableCustomerAsync(CancellationToken cancellationToken);

    /// <summary>What has been sold most often, in the catalog or not. Ties: the lowest id.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when nothing has been sold.</returns>
    Task<ProductSales?> MostPopularProductAsync(CancellationToken cancellationToken);

    /// <summary>What each day of a range brought, in order; days on which nothing was sold or given back are left out.</summary>
    /// <param name="range">The days.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<DailySales>> SalesByDayAsync(DayRange range, CancellationToken cancellationToken);

    /// <summary>What sold most units in a range of days, in the catalog or not. Ties: the lowest id.</summary>
    /// <param name="range">The days.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ProductRevenue>> TopProductsAsync(DayRange range, int count, CancellationToken cancellationToken);

    /// <summary>Who, of those not erased, brought the highest revenue in a range of days. Ties: the lowest id.</summary>
    /// <param name="range">The days.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<CustomerRevenue>> TopCustomersAsync(DayRange range, int count, CancellationToken cancellationToken);
}

/// <summary>What a customer has brought.</summary>
/// <param name="UserId">The customer.</param>
/// <param name="Revenue">Sum of their purchases after discount, less what they got back, in the shop's currency.</param>
/// <param name="Orders">Paid, shipped and delivered orders.</param>
public sealed record CustomerRevenue(long UserId, decimal Revenue, int Orders);

/// <summary>How often a product was sold.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="UnitsSold">Units in paid, shipped and delivered orders.</param>
public sealed record ProductSales(long ProductId, long UnitsSold);

/// <summary>Days of the shop, the first and the last included.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
public sealed record DayRange(DateOnly From, DateOnly To)
{
    /// <summary>All days there are.</summary>
    public static DayRange All { get; } = new(DateOnly.MinValue, DateOnly.MaxValue);
}

/// <summary>What a day brought.</summary>
/// <param name="Day">The shop's day.</param>
/// <param name="Revenue">Money for goods, after discount, less what was given back on that day.</param>
/// <param name="Units">Units sold less those of orders that went back on that day.</param>
/// <param name="Orders">Orders paid less those that went back on that day.</param>
public sealed record DailySales(DateOnly Day, decimal Revenue, long Units, long Orders);

/// <summary>How well a product sold.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Units">Units sold less those that went back.</param>
/// <param name="Revenue">What they brought, after discount.</param>
public sealed record ProductRevenue(long ProductId, long Units, decimal Revenue);
