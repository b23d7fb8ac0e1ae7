namespace Shop.Application.Abstractions;

/// <summary>Questions about all sales at once, answered by the database from what the books keep up to date.</summary>
public interface ISalesStatistics
{
    /// <summary>Who, of those not erased, has brought the highest revenue: what they paid for goods, after discount. Ties: the lowest id.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when nobody has bought anything.</returns>
    Task<CustomerRevenue?> MostValuableCustomerAsync(CancellationToken cancellationToken);

    /// <summary>What has been sold most often, in the catalog or not. Ties: the lowest id.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when nothing has been sold.</returns>
    Task<ProductSales?> MostPopularProductAsync(CancellationToken cancellationToken);
}

/// <summary>What a customer has brought.</summary>
/// <param name="UserId">The customer.</param>
/// <param name="Revenue">Sum of their purchases after discount, in the shop's currency.</param>
/// <param name="Orders">Paid, shipped and delivered orders.</param>
public sealed record CustomerRevenue(long UserId, decimal Revenue, int Orders);

/// <summary>How often a product was sold.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="UnitsSold">Units in paid, shipped and delivered orders.</param>
public sealed record ProductSales(long ProductId, long UnitsSold);
