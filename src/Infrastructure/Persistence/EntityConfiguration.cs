using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Infrastructure.Persistence.Configurations;

namespace Shop.Infrastructure.Persistence;

/// <summary>How a part of the model lies in tables.</summary>
internal abstract class EntityConfiguration
{
    /// <remarks>Named, not looked for: that would make the runtime load every type of the assembly.</remarks>
    public static IReadOnlyList<EntityConfiguration> All { get; } =
    [
        new AddressConfiguration(),
        new AuditLogConfiguration(),
        new CartConfiguration(),
        new CatalogConfiguration(),
        new CouponConfiguration(),
        new IdempotencyConfiguration(),
        new IdentityConfiguration(),
        new MailConfiguration(),
        new OrderConfiguration(),
        new OutboxConfiguration(),
        new PaymentConfiguration(),
        new QuartzConfiguration(),
        new RecommenderConfiguration(),
        new ReportConfiguration(),
        new ReviewConfiguration(),
        new SalesConfiguration(),
        new UserConfiguration(),
        new WebhookConfiguration(),
    ];

    public abstract void Configure(ModelBuilder model, Dialect dialect);

    /// <summary>What every aggregate has: a key from a sequence, a version that guards against lost updates.</summary>
    protected static EntityTypeBuilder<T> Aggregate<T>(ModelBuilder model, Dialect dialect, string table, string? sequence = null)
        where T : AggregateRoot
    {
        var entity = model.Entity<T>();
        entity.ToTable(table);
        dialect.UseSequence(entity.Property(each => each.Id), sequence ?? table.TrimEnd('s') + "_ids");
        entity.Property(each => each.Version).IsConcurrencyToken();
        return entity;
    }

    /// <summary>The columns of an address.</summary>
    protected static void Columns(ComplexPropertyBuilder<Address> address, string prefix)
    {
        address.Property(each => each.Name).HasColumnName($"{prefix}name").HasMaxLength(Address.MaxLength);
        address.Property(each => each.Line1).HasColumnName($"{prefix}line1").HasMaxLength(Address.MaxLength);
        address.Property(each => each.Line2).HasColumnName($"{prefix}line2").HasMaxLength(Address.MaxLength);
        address.Property(each => each.City).HasColumnName($"{prefix}city").HasMaxLength(Address.MaxLength);
        address.Property(each => each.Region).HasColumnName($"{prefix}region").HasMaxLength(Address.MaxLength);
        address.Property(each => each.PostalCode).HasColumnName($"{prefix}postal_code").HasMaxLength(Address.MaxPostalCodeLength);
        address.Property(each => each.Country).HasColumnName($"{prefix}country").HasMaxLength(2);
    }

    /// <summary>A column that the database computes and only queries name: never written, never read back after a save.</summary>
    internal static void Computed<TProperty>(PropertyBuilder<TProperty> property, string sql)
    {
        property.HasComputedColumnSql(sql, stored: true).ValueGeneratedNever();
        property.Metadata.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
        property.Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
    }
}
