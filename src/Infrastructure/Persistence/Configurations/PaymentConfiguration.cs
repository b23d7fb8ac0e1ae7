using Microsoft.EntityFrameworkCore;
using Shop.Domain.Orders;
using Shop.Domain.Payments;
using Shop.Infrastructure.Payments.Sandbox;

namespace Shop.Infrastructure.Persistence.Configurations;

internal sealed class PaymentConfiguration : EntityConfiguration
{
    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        var due = $"{dialect.Quote("due_at")} IS NOT NULL";
        Payments(model, dialect, due);
        Refunds(model, dialect, due);
        Events(model, dialect, due);
        Sandbox(model);
    }

    private static void Payments(ModelBuilder model, Dialect dialect, string due)
    {
        var payment = Aggregate<Payment>(model, dialect, "payments");
        payment.ToTable(table => table.HasCheckConstraint("ck_payments_refunded", "refunded >= 0 AND refunded <= amount AND (refunded = 0 OR status = 'captured')"));
        payment.Property(each => each.Provider).HasMaxLength(Payment.MaxProviderLength);
        payment.Property(each => each.ProviderReference).HasMaxLength(Payment.MaxReferenceLength);
        payment.Property(each => each.Key).HasMaxLength(Payment.MaxKeyLength);
        payment.Property(each => each.DeclineReason).HasMaxLength(Payment.MaxReasonLength);
        payment.HasOne(each => each.Order).WithMany().HasForeignKey(each => each.OrderId).OnDelete(DeleteBehavior.Restrict);
        payment.HasIndex(each => each.Key).IsUnique().HasDatabaseName("ux_payments_key");
        payment.HasIndex(each => each.OrderId, "live").IsUnique()
            .HasFilter($"{dialect.Quote("status")} IN ('pending', 'captured')").HasDatabaseName(ConstraintErrors.LivePayment);
        payment.HasIndex(each => new { each.OrderId, each.CreatedAt, each.Id });
        payment.HasIndex(each => each.ProviderReference);
        payment.HasIndex(each => each.DueAt).HasFilter(due);
    }

    private static void Refunds(ModelBuilder model, Dialect dialect, string due)
    {
        var refund = Aggregate<Refund>(model, dialect, "refunds");
        refund.ToTable(table => table.HasCheckConstraint("ck_refunds_amount", "amount > 0"));
        refund.Property(each => each.Reason).HasMaxLength(Refund.MaxReasonLength);
        refund.Property(each => each.Key).HasMaxLength(Payment.MaxKeyLength);
        refund.HasOne<Payment>().WithMany().HasForeignKey(each => each.PaymentId).OnDelete(DeleteBehavior.Restrict);
        refund.HasOne<Order>().WithMany().HasForeignKey(each => each.OrderId).OnDelete(DeleteBehavior.Restrict);
        refund.HasIndex(each => each.Key).IsUnique().HasDatabaseName("ux_refunds_key");
        refund.HasIndex(each => each.PaymentId);
        refund.HasIndex(each => new { each.OrderId, each.CreatedAt, each.Id });
        refund.HasIndex(each => each.DueAt).HasFilter(due);
    }

    private static void Events(ModelBuilder model, Dialect dialect, string due)
    {
        var received = Aggregate<PaymentEvent>(model, dialect, "payment_events");
        received.Property(each => each.Provider).HasMaxLength(Payment.MaxProviderLength);
        received.Property(each => each.EventId).HasMaxLength(PaymentEvent.MaxLength);
        received.Property(each => each.Type).HasMaxLength(PaymentEvent.MaxLength);
        received.Property(each => each.ProviderReference).HasMaxLength(Payment.MaxReferenceLength);
        received.Property(each => each.Key).HasMaxLength(PaymentEvent.MaxLength);
        received.HasIndex(each => new { each.Provider, each.EventId }).IsUnique().HasDatabaseName("ux_payment_events_provider_event_id");
        received.HasIndex(each => each.DueAt).HasFilter(due);
    }

    /// <summary>No key leads from here to the shop's own tables: it plays an outside system.</summary>
    private static void Sandbox(ModelBuilder model)
    {
        var payment = model.Entity<SandboxPayment>();
        payment.ToTable("sandbox_payments", table => table.HasCheckConstraint("ck_sandbox_payments_refunded", "refunded >= 0 AND refunded <= amount"));
        payment.HasKey(each => each.Reference);
        payment.Property(each => each.Reference).HasMaxLength(64);
        payment.Property(each => each.Key).HasMaxLength(Payment.MaxKeyLength);
        payment.Property(each => each.Method).HasMaxLength(Payment.MaxReferenceLength);
        payment.Property(each => each.Currency).HasMaxLength(3);
        payment.Property(each => each.Amount).HasPrecision(12, 2);
        payment.Property(each => each.Refunded).HasPrecision(12, 2);
        payment.HasIndex(each => each.Key).IsUnique().HasDatabaseName("ux_sandbox_payments_key");

        var entry = model.Entity<SandboxEntry>();
        entry.ToTable("sandbox_ledger");
        entry.HasKey(each => each.Key);
        entry.Property(each => each.Key).HasMaxLength(100);
        entry.Property(each => each.Reference).HasMaxLength(64);
        entry.Property(each => each.Amount).HasPrecision(12, 2);
        entry.HasIndex(each => each.OrderId);
    }
}
