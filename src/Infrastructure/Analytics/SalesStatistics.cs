using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Analytics;

/// <summary>
/// Reads sums, not the lines they were made of: what a product sold is on the product, what is asked by time or customer comes from the
/// totals of days, months and years and from the entries that are not among them yet. The audit compares all of them with the lines.
/// </summary>
internal sealed class SalesStatistics(ShopDbContext db, SnapshotReads reads) : ISalesStatistics
{
    private const decimal Cent = 0.01m;

    public async Task<CustomerRevenue?> MostValuableCustomerAsync(CancellationToken cancellationToken) =>
        await TopCustomersAsync(DayRange.All, count: 1, cancellationToken) is [var best] ? best : null;

    public Task<ProductSales?> MostPopularProductAsync(CancellationToken cancellationToken) =>
        db.Products
            .Where(product => product.UnitsSold > 0)
            .OrderByDescending(product => product.UnitsSold)
            .ThenBy(product => product.Id)
            .Select(product => new ProductSales(product.Id, product.UnitsSold))
            .FirstOrDefaultAsync(cancellationToken);

    public Task<IReadOnlyList<DailySales>> SalesByDayAsync(DayRange range, CancellationToken cancellationToken) =>
        AtOneMomentAsync<IReadOnlyList<DailySales>>(
            async () => await db.SalesTotals
                .Where(total => total.Series == SalesSeries.ShopDay && total.StartsOn >= range.From && total.StartsOn <= range.To)
                .Select(total => new { total.StartsOn, total.Revenue, total.Units, total.Orders })
                .Concat(Entries(range).Select(entry => new { StartsOn = entry.Day, entry.Revenue, entry.Units, entry.Orders }))
                .GroupBy(each => each.StartsOn)
                .OrderBy(day => day.Key)
                .Select(day => new DailySales(day.Key, day.Sum(each => each.Revenue), day.Sum(each => each.Units), day.Sum(each => each.Orders)))
                .ToListAsync(cancellationToken),
            cancellationToken);

    public Task<IReadOnlyList<ProductRevenue>> TopProductsAsync(DayRange range, int count, CancellationToken cancellationToken) =>
        AtOneMomentAsync<IReadOnlyList<ProductRevenue>>(
            async () =>
            {
                var best = await Totals(range, SalesSeries.ProductDay, SalesSeries.ProductMonth, SalesSeries.ProductYear)
                    .Concat(Entries(range).Where(entry => entry.ProductId != null)
                        .Select(entry => new Sum { SubjectId = entry.ProductId!.Value, Cents = (long)(entry.Revenue * 100), Units = entry.Units, Orders = entry.Orders }))
                    .GroupBy(each => each.SubjectId)
                    .Select(product => new { Id = product.Key, Units = product.Sum(each => each.Units), Cents = product.Sum(each => each.Cents) })
                    .Where(product => product.Units > 0)
                    .OrderByDescending(product => product.Units)
                    .ThenBy(product => product.Id)
                    .Take(count)
                    .ToListAsync(cancellationToken);
                return [.. best.Select(product => new ProductRevenue(product.Id, product.Units, product.Cents * Cent))];
            },
            cancellationToken);

    public Task<IReadOnlyList<CustomerRevenue>> TopCustomersAsync(DayRange range, int count, CancellationToken cancellationToken) =>
        AtOneMomentAsync<IReadOnlyList<CustomerRevenue>>(
            async () =>
            {
                var best = await Totals(range, SalesSeries.CustomerDay, SalesSeries.CustomerMonth, SalesSeries.CustomerYear)
                    .Concat(Entries(range)
                        .Select(entry => new Sum { SubjectId = entry.UserId, Cents = (long)(entry.Revenue * 100), Units = entry.Units, Orders = entry.Orders }))
                    .GroupBy(each => each.SubjectId)
                    .Select(customer => new { Id = customer.Key, Cents = customer.Sum(each => each.Cents), Orders = customer.Sum(each => each.Orders) })
                    .Where(customer => customer.Orders > 0 && !db.Users.Any(user => user.Id == customer.Id && user.ErasedAt != null))
                    .OrderByDescending(customer => customer.Cents)
                    .ThenBy(customer => customer.Id)
                    .Take(count)
                    .ToListAsync(cancellationToken);
                return [.. best.Select(customer => new CustomerRevenue(customer.Id, customer.Cents * Cent, (int)customer.Orders))];
            },
            cancellationToken);

    private IQueryable<SalesEntry> Entries(DayRange range) => db.SalesEntries.Where(entry => entry.Day >= range.From && entry.Day <= range.To);

    /// <summary>All kinds of spans, also those that a range has none of: one shape of query for all ranges.</summary>
    private IQueryable<Sum> Totals(DayRange range, SalesSeries byDay, SalesSeries byMonth, SalesSeries byYear)
    {
        var (firstYear, lastYear, addedMonths, takenMonths, addedDays, takenDays) = SalesSpans.Of(range);
        return Added(db.SalesTotals.Where(total => total.Series == byYear && total.StartsOn >= firstYear && total.StartsOn <= lastYear))
            .Concat(Added(db.SalesTotals.Where(total => total.Series == byMonth && addedMonths.Contains(total.StartsOn))))
            .Concat(Taken(db.SalesTotals.Where(total => total.Series == byMonth && takenMonths.Contains(total.StartsOn))))
            .Concat(Added(db.SalesTotals.Where(total => total.Series == byDay && addedDays.Contains(total.StartsOn))))
            .Concat(Taken(db.SalesTotals.Where(total => total.Series == byDay && takenDays.Contains(total.StartsOn))));
    }

    private static IQueryable<Sum> Added(IQueryable<SalesTotal> totals) =>
        totals.Select(total => new Sum { SubjectId = total.SubjectId, Cents = total.RevenueCents, Units = total.Units, Orders = total.Orders });

    private static IQueryable<Sum> Taken(IQueryable<SalesTotal> totals) =>
        totals.Select(total => new Sum { SubjectId = total.SubjectId, Cents = -total.RevenueCents, Units = -total.Units, Orders = -total.Orders });

    /// <summary>Totals and entries are read together, or one that moves from these to those would count twice or not at all.</summary>
    private Task<T> AtOneMomentAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(reads.Level, cancellationToken);
            if (db.Dialect.SettingsForSums is { } settings)
            {
                await db.Database.ExecuteSqlRawAsync(settings, cancellationToken);
            }

            return await read();
        });

    private sealed class Sum
    {
        public long SubjectId { get; init; }

        public long Cents { get; init; }

        public long Units { get; init; }

        public long Orders { get; init; }
    }
}
