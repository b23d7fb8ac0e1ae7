using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Orders;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Analytics;

/// <summary>
/// Reads the sums that orders and products carry, not the lines they were made of: twenty times fewer rows for the same answer, since an
/// order's subtotal and a product's units sold change in the transaction that changes the lines. The audit compares both. What is asked by
/// time comes from the totals of days and months and from the entries that are not among them yet.
/// </summary>
internal sealed class SalesStatistics(ShopDbContext db, SnapshotReads reads) : ISalesStatistics
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

    public Task<IReadOnlyList<DailySales>> SalesByDayAsync(DayRange range, CancellationToken cancellationToken) =>
        AtOneMomentAsync<IReadOnlyList<DailySales>>(
            async () => await Totals(SalesSeries.ShopDay, range.From, Until(range))
                .Select(total => new { total.StartsOn, total.Revenue, total.Units, total.Orders })
                .Concat(Entries(range).Select(entry => new { StartsOn = entry.Day, entry.Revenue, entry.Units, entry.Orders }))
                .GroupBy(each => each.StartsOn)
                .OrderBy(day => day.Key)
                .Select(day => new DailySales(day.Key, day.Sum(each => each.Revenue), day.Sum(each => each.Units), day.Sum(each => each.Orders)))
                .ToListAsync(cancellationToken),
            cancellationToken);

    public Task<IReadOnlyList<ProductRevenue>> TopProductsAsync(DayRange range, int count, CancellationToken cancellationToken) =>
        AtOneMomentAsync<IReadOnlyList<ProductRevenue>>(
            async () => await Sums(SalesSeries.ProductDay, SalesSeries.ProductMonth, range)
                .Concat(Entries(range).Where(entry => entry.ProductId != null)
                    .Select(entry => new Sum { SubjectId = entry.ProductId!.Value, Revenue = entry.Revenue, Units = entry.Units, Orders = entry.Orders }))
                .GroupBy(each => each.SubjectId)
                .Select(product => new { Id = product.Key, Units = product.Sum(each => each.Units), Revenue = product.Sum(each => each.Revenue) })
                .Where(product => product.Units > 0)
                .OrderByDescending(product => product.Units)
                .ThenBy(product => product.Id)
                .Take(count)
                .Select(product => new ProductRevenue(product.Id, product.Units, product.Revenue))
                .ToListAsync(cancellationToken),
            cancellationToken);

    public Task<IReadOnlyList<CustomerRevenue>> TopCustomersAsync(DayRange range, int count, CancellationToken cancellationToken) =>
        AtOneMomentAsync<IReadOnlyList<CustomerRevenue>>(
            async () => await Sums(SalesSeries.CustomerDay, SalesSeries.CustomerMonth, range)
                .Concat(Entries(range)
                    .Select(entry => new Sum { SubjectId = entry.UserId, Revenue = entry.Revenue, Units = entry.Units, Orders = entry.Orders }))
                .GroupBy(each => each.SubjectId)
                .Select(customer => new { Id = customer.Key, Revenue = customer.Sum(each => each.Revenue), Orders = customer.Sum(each => each.Orders) })
                .Where(customer => customer.Orders > 0 && db.Users.Any(user => user.Id == customer.Id && user.ErasedAt == null))
                .OrderByDescending(customer => customer.Revenue)
                .ThenBy(customer => customer.Id)
                .Take(count)
                .Select(customer => new CustomerRevenue(customer.Id, customer.Revenue, (int)customer.Orders))
                .ToListAsync(cancellationToken),
            cancellationToken);

    private IQueryable<SalesEntry> Entries(DayRange range) => db.SalesEntries.Where(entry => entry.Day >= range.From && entry.Day <= range.To);

    private IQueryable<SalesTotal> Totals(SalesSeries series, DateOnly from, DateOnly until) =>
        db.SalesTotals.Where(total => total.Series == series && total.StartsOn >= from && total.StartsOn < until);

    /// <summary>Whole months from their totals, the days before and after them from theirs.</summary>
    private IQueryable<Sum> Sums(SalesSeries byDay, SalesSeries byMonth, DayRange range)
    {
        var (from, until) = (range.From, Until(range));
        var (firstMonth, monthsEnd) = (from.Day == 1 ? from : MonthOf(from).AddMonths(1), until == DateOnly.MaxValue ? until : MonthOf(until));
        return firstMonth >= monthsEnd
            ? Sums(byDay, from, until)
            : Sums(byMonth, firstMonth, monthsEnd).Concat(Sums(byDay, from, firstMonth)).Concat(Sums(byDay, monthsEnd, until));
    }

    private IQueryable<Sum> Sums(SalesSeries series, DateOnly from, DateOnly until) =>
        Totals(series, from, until).Select(total => new Sum
        {
            SubjectId = total.SubjectId,
            Revenue = total.Revenue,
            Units = total.Units,
            Orders = total.Orders,
        });

    /// <summary>The day after the last.</summary>
    private static DateOnly Until(DayRange range) => range.To == DateOnly.MaxValue ? range.To : range.To.AddDays(1);

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>Totals and entries are read together, or one that moves from these to those would count twice or not at all.</summary>
    private Task<T> AtOneMomentAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(reads.Level, cancellationToken);
            return await read();
        });

    private sealed class Sum
    {
        public long SubjectId { get; init; }

        public decimal Revenue { get; init; }

        public long Units { get; init; }

        public long Orders { get; init; }
    }
}
