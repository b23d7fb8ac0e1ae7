using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.Interceptors;

/// <summary>Counts the edits of every aggregate that is saved.</summary>
internal sealed class VersionInterceptor : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Count(eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Count(eventData.Context!);
        return new(result);
    }

    private static void Count(DbContext context)
    {
        foreach (var entry in context.ChangeTracker.Entries<AggregateRoot>())
        {
            if (entry.State == EntityState.Modified)
            {
                var version = entry.Property<long>(nameof(AggregateRoot.Version));
                version.CurrentValue = version.OriginalValue + 1;
            }
        }
    }
}
