using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Shop.Infrastructure.Analytics;

namespace Shop.Infrastructure.Persistence.Interceptors;

/// <summary>Writes down what every saved change of an order means for sales, beside it: no use case can forget it.</summary>
internal sealed class SalesInterceptor(ShopCalendar calendar) : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        var db = (ShopDbContext)eventData.Context!;
        foreach (var missing in SalesFacts.Missing(db).ToList())
        {
            missing.Load();
        }

        SalesFacts.Of(db, calendar).ForEach(db.Append);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var db = (ShopDbContext)eventData.Context!;
        foreach (var missing in SalesFacts.Missing(db).ToList())
        {
            await missing.LoadAsync(cancellationToken);
        }

        SalesFacts.Of(db, calendar).ForEach(db.Append);
        return result;
    }
}
