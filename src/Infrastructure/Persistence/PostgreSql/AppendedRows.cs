using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// Saves the rows that were appended: <see cref="PostgreSqlSaving"/> takes them with what it saves. They are tracked after all where EF
/// Core saves the rest, which it then does in one trip, too, and sent by themselves where there is nothing else to save.
/// </summary>
internal sealed class AppendedRows : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        var db = (PostgreSqlShopDbContext)eventData.Context!;
        db.AddRange(db.TakeAppended());
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var db = (PostgreSqlShopDbContext)eventData.Context!;
        if (db.HasAppended && db.ChangeTracker.Entries().Any(entry =>
            entry.State is not (EntityState.Unchanged or EntityState.Detached) && !PostgreSqlSaving.IsWritten(entry.State, entry.Metadata.ClrType)))
        {
            db.AddRange(db.TakeAppended());
        }

        return new(result);
    }

    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PostgreSqlShopDbContext { HasAppended: true } db)
        {
            await PostgreSqlSaving.WriteAsync(db, [], cancellationToken);
        }

        return result;
    }
}
