using Microsoft.EntityFrameworkCore;
using Shop.Domain.Carts;
using Shop.Domain.Common;
using Shop.Domain.Coupons;
using Shop.Domain.Orders;
using Shop.Domain.Users;

namespace Shop.Infrastructure.Persistence.Configurations;

internal sealed class OrderConfiguration : EntityConfiguration
{
    /// <summary>How many ids a node takes at once for what every order needs, so that hardly any order takes a trip for them.</summary>
    public const int IdsAtOnce = 100;

    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        Orders(model, dialect);
        Items(model);
        History(model, dialect);
        ImportedInvoices(model);
    }

    private static void Orders(ModelBuilder model, Dialect dialect)
    {
        var order = Aggregate<Order>(model, dialect, "orders");
        model.HasSequence<long>("order_ids", dialect.SequenceSchema).IncrementsBy(IdsAtOnce);
        order.ToTable(table =>
        {
            table.HasCheckConstraint("ck_orders_amounts", "subtotal >= 0 AND discount >= 0 AND shipping >= 0 AND tax >= 0 AND total >= 0");
            table.HasCheckConstraint("ck_orders_total", "total = subtotal - discount + shipping + tax");
            table.HasCheckConstraint("ck_orders_discount", "discount <= subtotal");
        });
        model.HasSequence<long>("order_numbers").StartsAt(100_001);
        order.Property(each => each.Number).HasMaxLength(Order.MaxNumberLength).HasDefaultValueSql(dialect.NextNumber("S-", "order_numbers"));
        order.Property(each => each.CouponCode).HasMaxLength(Coupon.MaxCodeLength);
        order.Property(each => each.CancelReason).HasMaxLength(Order.MaxCancelReasonLength);
        order.Property(each => each.InvoiceNo).HasMaxLength(Order.MaxNumberLength);
        order.HasOne<User>().WithMany(user => user.Orders).HasForeignKey(each => each.UserId).OnDelete(DeleteBehavior.Restrict).HasConstraintName(ConstraintErrors.OrderUser);
        order.HasOne<Cart>().WithMany().HasForeignKey(each => each.CartId).OnDelete(DeleteBehavior.Restrict);
        order.ComplexProperty(each => each.ShippingAddress, address => Columns(address!, "shipping_"));
        order.HasIndex(each => each.CartId).IsUnique().HasFilter($"{dialect.Quote("cart_id")} IS NOT NULL").HasDatabaseName(ConstraintErrors.OrderCart);
        order.HasIndex(each => each.Number).HasDatabaseName("ix_orders_number");
        order.HasIndex(each => each.InvoiceNo).HasFilter($"{dialect.Quote("invoice_no")} IS NOT NULL");
        order.HasIndex(each => new { each.CreatedAt, each.Id });
        order.HasIndex(each => new { each.UserId, each.CreatedAt, each.Id });
        order.HasIndex(each => new { each.Status, each.CreatedAt, each.Id });
        order.HasIndex(each => each.PlacedAt).HasFilter($"{dialect.Quote("status")} = 'placed'");
    }

    private static void Items(ModelBuilder model)
    {
        var item = model.Entity<OrderItem>();
        item.ToTable("order_items", table =>
        {
            table.HasCheckConstraint("ck_order_items_quantity", $"quantity >= {Quantity.Min}");
            table.HasCheckConstraint("ck_order_items_stock_held", "stock_held >= 0 AND stock_held <= quantity");
            table.HasCheckConstraint("ck_order_items_line_total", "line_total = unit_price * quantity");
            table.HasCheckConstraint("ck_order_items_discount", "discount >= 0 AND discount <= COALESCE(line_total, 0)");
        });
        item.Property(each => each.Discount).HasDefaultValue(Money.Zero).ValueGeneratedNever();
        item.Property(each => each.Sku).HasMaxLength(Domain.Catalog.Product.MaxSkuLength);
        item.Property(each => each.Name).HasMaxLength(Domain.Catalog.Product.MaxNameLength);
        item.HasOne(each => each.Order).WithMany(each => each.Items).HasForeignKey(each => each.OrderId).OnDelete(DeleteBehavior.Cascade);
        item.HasOne(each => each.Product).WithMany().HasForeignKey(each => each.ProductId).OnDelete(DeleteBehavior.Restrict)
            .HasConstraintName(ConstraintErrors.OrderItemProduct);
        item.HasIndex(each => each.OrderId);
        item.HasIndex(each => each.ProductId);
    }

    /// <summary>No foreign key leads to the user: an entry would wait for who erases them, and its id stays without a name.</summary>
    private static void History(ModelBuilder model, Dialect dialect)
    {
        var change = model.Entity<OrderChange>();
        change.ToTable("order_history");
        dialect.UseSequence(change.Property(each => each.Id), "order_change_ids");
        model.HasSequence<long>("order_change_ids", dialect.SequenceSchema).IncrementsBy(IdsAtOnce);
        change.Property(each => each.Change).HasMaxLength(OrderChange.MaxKindLength);
        change.Property(each => each.From).HasColumnName("from_value").HasMaxLength(OrderChange.MaxTextLength);
        change.Property(each => each.To).HasColumnName("to_value").HasMaxLength(OrderChange.MaxTextLength);
        change.Property(each => each.Detail).HasMaxLength(OrderChange.MaxTextLength);
        change.HasOne<Order>().WithMany().HasForeignKey(each => each.OrderId).OnDelete(DeleteBehavior.Cascade);
        change.HasIndex(each => new { each.OrderId, each.At, each.Id });
    }

    private static void ImportedInvoices(ModelBuilder model)
    {
        var invoice = model.Entity<ImportedInvoice>();
        invoice.ToTable("imported_invoices");
        invoice.HasKey(each => each.InvoiceNo);
        invoice.Property(each => each.InvoiceNo).HasMaxLength(Order.MaxNumberLength);
        invoice.Property(each => each.ContentHash).HasMaxLength(32);
    }
}
