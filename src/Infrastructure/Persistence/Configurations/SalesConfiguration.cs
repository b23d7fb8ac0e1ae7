using Microsoft.EntityFrameworkCore;
using Shop.Infrastructure.Analytics;

namespace Shop.Infrastructure.Persistence.Configurations;

/// <summary>No foreign key leads to orders, users or products: an entry would wait for whoever changes them, and outlives them.</summary>
internal sealed class SalesConfiguration : EntityConfiguration
{
    private const int MaxZoneLength = 100;

    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        var entry = model.Entity<SalesEntry>();
        entry.ToTable("sales_entries");
        entry.Property(each => each.Revenue).HasPrecision(18, 2);

        var total = model.Entity<SalesTotal>();
        total.ToTable("sales_totals");
        total.HasKey(each => new { each.Series, each.StartsOn, each.SubjectId });
        total.Property(each => each.Series).ValueGeneratedNever();
        total.Property(each => each.Revenue).HasPrecision(18, 2);
        total.Property(each => each.RevenueCents).HasComputedColumnSql("CAST(revenue * 100 AS bigint)", stored: true);

        var span = model.Entity<ZoneSpan>();
        span.ToTable("sales_calendar");
        span.HasKey(each => each.StartsAt);
        span.Property(each => each.Zone).HasMaxLength(MaxZoneLength);
    }
}
