using Microsoft.EntityFrameworkCore;
using Shop.Domain.Catalog;
using Shop.Domain.Orders;
using Shop.Domain.Users;

namespace Shop.Infrastructure.Persistence.Configurations;

internal sealed class CatalogConfiguration : EntityConfiguration
{
    public const string SearchText = "SearchText";

    /// <summary>The index of what can't be ordered, newest first: few of many, which no order of the catalog finds soon.</summary>
    public const string SoldOutIndex = "ix_products_sold_out";

    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        Categories(model, dialect);
        Products(model, dialect);
        StockMovements(model);
    }

    private static void Categories(ModelBuilder model, Dialect dialect)
    {
        var category = model.Entity<Category>();
        category.ToTable("categories", table => table.HasCheckConstraint("ck_categories_parent", "parent_id <> id"));
        dialect.UseSequence(category.Property(each => each.Id), "category_ids");
        category.Property(each => each.Version).IsConcurrencyToken();
        category.Property(each => each.Name).HasMaxLength(Category.MaxNameLength).UseCollation(dialect.CaseInsensitive);
        category.HasOne(each => each.Parent).WithMany().HasForeignKey(each => each.ParentId).OnDelete(DeleteBehavior.Restrict)
            .HasConstraintName(ConstraintErrors.CategoryParent);
        category.HasIndex(each => new { each.ParentId, each.Name }).IsUnique()
            .HasFilter($"{dialect.Quote("parent_id")} IS NOT NULL").HasDatabaseName(ConstraintErrors.CategoryName);
        category.HasIndex(each => each.Name).IsUnique()
            .HasFilter($"{dialect.Quote("parent_id")} IS NULL").HasDatabaseName(ConstraintErrors.TopCategoryName);
        category.HasIndex(each => new { each.CreatedAt, each.Id });
    }

    private static void Products(ModelBuilder model, Dialect dialect)
    {
        var product = Aggregate<Product>(model, dialect, "products");
        product.ToTable(table =>
        {
            table.HasCheckConstraint("ck_products_price", "price >= 0");
            table.HasCheckConstraint(ConstraintErrors.ProductStock, $"stock >= 0 AND stock <= {Product.MaxStock}");
            table.HasCheckConstraint("ck_products_rating", "review_count >= 0 AND rating_sum >= review_count AND rating_sum <= 5 * review_count");
            table.HasCheckConstraint("ck_products_units_sold", "units_sold >= 0");
        });
        product.Property(each => each.Sku).HasMaxLength(Product.MaxSkuLength).UseCollation(dialect.CaseInsensitive);
        product.Property(each => each.Name).HasMaxLength(Product.MaxNameLength).UseCollation(dialect.Alphabetical);
        product.Property(each => each.Description).HasMaxLength(Product.MaxDescriptionLength);
        product.Property(each => each.ImageUrl).HasMaxLength(Product.MaxImageUrlLength);
        Computed(product.Property(each => each.Rating).HasPrecision(3, 2), dialect.Mean("rating_sum", "review_count"));
        Computed(product.Property<string>(SearchText), dialect.Searchable("name", "sku", "description"));
        product.HasOne(each => each.Category).WithMany().HasForeignKey(each => each.CategoryId).OnDelete(DeleteBehavior.Restrict)
            .HasConstraintName(ConstraintErrors.ProductCategory);
        product.HasOne<User>().WithMany().HasForeignKey(each => each.SellerId).OnDelete(DeleteBehavior.Restrict);

        var onSale = $"{dialect.Quote("deleted_at")} IS NULL";
        product.HasIndex(each => each.Sku).IsUnique().HasFilter(onSale).HasDatabaseName(ConstraintErrors.Sku);
        product.HasIndex(each => new { each.CreatedAt, each.Id }).HasFilter(onSale);
        product.HasIndex(each => new { each.Price, each.Id }).HasFilter(onSale);
        product.HasIndex(each => new { each.Name, each.Id }).HasFilter(onSale);
        product.HasIndex(each => new { each.Rating, each.ReviewCount, each.Id }).HasFilter(onSale);
        product.HasIndex(each => new { each.UnitsSold, each.Id }).HasFilter(onSale);
        product.HasIndex(each => new { each.CategoryId, each.CreatedAt, each.Id }).HasFilter(onSale);
        product.HasIndex(each => new { each.CategoryId, each.Price, each.Id }).HasFilter(onSale);

        // The price is there for facets, which are counted in this index alone
        product.HasIndex(each => new { each.CategoryId, each.Rating, each.ReviewCount, each.Id, each.Price }).HasFilter(onSale);
        product.HasIndex(each => new { each.CategoryId, each.UnitsSold, each.Id }).HasFilter(onSale);
        product.HasIndex(each => new { each.SellerId, each.CreatedAt, each.Id }).HasFilter(onSale);
    }

    private static void StockMovements(ModelBuilder model)
    {
        var movement = model.Entity<StockMovement>();
        movement.ToTable("stock_movements", table => table.HasCheckConstraint("ck_stock_movements_delta", "delta <> 0"));
        movement.HasOne<Product>().WithMany().HasForeignKey(each => each.ProductId).OnDelete(DeleteBehavior.Restrict);
        movement.HasOne<Order>().WithMany().HasForeignKey(each => each.OrderId).OnDelete(DeleteBehavior.SetNull);
        movement.HasIndex(each => new { each.ProductId, each.Id });
        movement.HasIndex(each => each.OrderId);
    }
}
