using Microsoft.EntityFrameworkCore;
using Shop.Domain.Coupons;
using Shop.Domain.Orders;
using Shop.Domain.Users;

namespace Shop.Infrastructure.Persistence.Configurations;

internal sealed class CouponConfiguration : EntityConfiguration
{
    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        Coupons(model, dialect);
        Redemptions(model);
    }

    private static void Coupons(ModelBuilder model, Dialect dialect)
    {
        var coupon = Aggregate<Coupon>(model, dialect, "coupons");
        var percent = dialect.Quote("percent");
        coupon.ToTable(table =>
        {
            table.HasCheckConstraint(
                "ck_coupons_percent_or_amount", $"({percent} IS NOT NULL AND amount IS NULL) OR ({percent} IS NULL AND amount IS NOT NULL)");
            table.HasCheckConstraint("ck_coupons_percent", $"{percent} > 0 AND {percent} <= {Coupon.MaxPercent}");
            table.HasCheckConstraint("ck_coupons_amount", "amount > 0");
            table.HasCheckConstraint("ck_coupons_min_subtotal", "min_subtotal >= 0");
            table.HasCheckConstraint("ck_coupons_dates", "ends_at > starts_at");
            table.HasCheckConstraint("ck_coupons_used", "used >= 0 AND (max_uses IS NULL OR used <= max_uses)");
            table.HasCheckConstraint("ck_coupons_max_uses_per_user", "max_uses_per_user > 0");
        });
        coupon.Property(each => each.Code).HasMaxLength(Coupon.MaxCodeLength).UseCollation(dialect.CaseInsensitive);
        coupon.Property(each => each.Percent).HasPrecision(5, 2);

        var there = $"{dialect.Quote("deleted_at")} IS NULL";
        coupon.HasIndex(each => each.Code).IsUnique().HasFilter(there).HasDatabaseName(ConstraintErrors.CouponCode);
        coupon.HasIndex(each => new { each.CreatedAt, each.Id }).HasFilter(there);
    }

    private static void Redemptions(ModelBuilder model)
    {
        var redemption = model.Entity<CouponRedemption>();
        redemption.ToTable("coupon_redemptions");
        redemption.HasKey(each => each.OrderId);
        redemption.Property(each => each.OrderId).ValueGeneratedNever();
        redemption.HasOne<Order>().WithOne().HasForeignKey<CouponRedemption>(each => each.OrderId).OnDelete(DeleteBehavior.Restrict);
        redemption.HasOne<Coupon>().WithMany().HasForeignKey(each => each.CouponId).OnDelete(DeleteBehavior.Restrict);
        redemption.HasOne<User>().WithMany().HasForeignKey(each => each.UserId).OnDelete(DeleteBehavior.Restrict);
        redemption.HasIndex(each => new { each.CouponId, each.UserId });
        redemption.HasIndex(each => each.UserId);
    }
}
