using Microsoft.EntityFrameworkCore;
using Shop.Domain.Carts;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Infrastructure.Persistence.Configurations;

internal sealed class CartConfiguration : EntityConfiguration
{
    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        var open = $"{dialect.Quote("checked_out_at")} IS NULL";
        var cart = Aggregate<Cart>(model, dialect, "carts");
        cart.ToTable(table => table.HasCheckConstraint("ck_carts_holder", "(user_id IS NULL AND token_hash IS NOT NULL) OR (user_id IS NOT NULL AND token_hash IS NULL)"));
        cart.Property(each => each.TokenHash).HasMaxLength(32);
        cart.HasOne<User>().WithMany().HasForeignKey(each => each.UserId).OnDelete(DeleteBehavior.Cascade);
        cart.HasIndex(each => each.UserId).IsUnique().HasFilter($"{dialect.Quote("user_id")} IS NOT NULL AND {open}").HasDatabaseName("ux_carts_user_id");
        cart.HasIndex(each => each.TokenHash).IsUnique().HasFilter($"{dialect.Quote("token_hash")} IS NOT NULL").HasDatabaseName("ux_carts_token_hash");
        cart.HasIndex(each => each.UpdatedAt).HasFilter($"{dialect.Quote("token_hash")} IS NOT NULL");

        var item = model.Entity<CartItem>();
        item.ToTable("cart_items", table => table.HasCheckConstraint("ck_cart_items_quantity", $"quantity >= {Quantity.Min} AND quantity <= {Quantity.Max}"));
        item.HasOne(each => each.Cart).WithMany(each => each.Items).HasForeignKey(each => each.CartId).OnDelete(DeleteBehavior.Cascade);
        item.HasOne(each => each.Product).WithMany().HasForeignKey(each => each.ProductId).OnDelete(DeleteBehavior.Restrict);
        item.HasIndex(each => new { each.CartId, each.ProductId }).IsUnique();
        item.HasIndex(each => each.ProductId);
    }
}
