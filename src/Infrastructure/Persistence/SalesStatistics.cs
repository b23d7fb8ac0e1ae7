using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Orders;

namespace Shop.Infrastructure.Persistence;

/// <summary>
/// Reads the sums that orders and products carry, not the lines they were made of: twenty times fewer rows for the same answer, since an
/// order's subtotal and a product's units sold change in the transaction that changes the lines. The audit compares both.
/// </summary>
internal sealed class SalesStatistics(ShopDbContext db) : ISalesStatistics
{
    private static readonly OrderStatus[] Purchased = [.. Enum.GetValues<OrderStatus>().Where(status => status.IsPurchase())];

    public Task<CustomerRevenue?> MostValuableCustomerAsync(CancellationToken cancellationToken) =>
        db.Orders
            .Where(order => Purchased.Contains(order.Status) && db.Users.Any(user => user.Id == order.UserId && user.ErasedAt == null))
            .GroupBy(order => order.UserId)
            .Select(orders => new { UserId = orders.Key, Revenue = orders.Sum(order => (decimal)order.Subtotal - order.Discount), Orders = orders.Count() })
            .OrderByDescending(customer => customer.Revenue)
            .ThenBy(customer => customer.UserId)
            .Select(customer => new CustomerRevenue(customer.UserId, customer.Revenue, customer.Orders))
            .FirstOrDefaultAsync(cancellationToken);

    public Task<ProductSales?> MostPopularProductAsync(CancellationToken cancellationToken) =>
        db.Products
            .Where(product => product.UnitsSold > 0)
            .OrderByDescending(product => product.UnitsSold)
            .ThenBy(product => product.Id)
            .Select(product => new ProductSales(product.Id, product.UnitsSold))
            .FirstOrDefaultAsync(cancellationToken);
}
