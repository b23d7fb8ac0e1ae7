using Shop.Domain.Common;

namespace Shop.Domain.Catalog;

/// <summary>Something on sale.</summary>
/// <remarks>
/// Stock, rating and units sold change by conditional statements of the database, not through this class, and leave
/// <see cref="AggregateRoot.Version"/> alone: a sale is no edit.
/// </remarks>
public sealed class Product : AggregateRoot
{
    /// <summary>The longest SKU.</summary>
    public const int MaxSkuLength = 64;

    /// <summary>The longest name.</summary>
    public const int MaxNameLength = 300;

    /// <summary>The longest description.</summary>
    public const int MaxDescriptionLength = 10_000;

    /// <summary>The longest image address.</summary>
    public const int MaxImageUrlLength = 2_000;

    /// <summary>The most units one product may have in stock.</summary>
    public const int MaxStock = 1_000_000_000;

    private Product()
    {
    }

    /// <summary>Stock keeping unit: unique in the catalog without regard to case.</summary>
    public string Sku { get; private set; } = "";

    /// <summary>What buyers read first.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Plain text, or null.</summary>
    public string? Description { get; private set; }

    /// <summary>Today's price of one unit, in the shop's currency.</summary>
    public Money Price { get; private set; }

    /// <summary>Where it stands in the catalog, or null.</summary>
    public long? CategoryId { get; private set; }

    /// <summary>Where it stands in the catalog.</summary>
    public Category? Category { get; private set; }

    /// <summary>An http or https address, or null.</summary>
    public string? ImageUrl { get; private set; }

    /// <summary>Units that can be ordered now: never below 0.</summary>
    public int Stock { get; private set; }

    /// <summary>Who listed it; null for the shop's own.</summary>
    public long? SellerId { get; private set; }

    /// <summary>Sum of all ratings.</summary>
    public long RatingSum { get; private set; }

    /// <summary>Number of reviews.</summary>
    public int ReviewCount { get; private set; }

    /// <summary>Mean rating with two decimals, computed by the database; 0 without reviews.</summary>
    public decimal Rating { get; private set; }

    /// <summary>Units sold in paid, shipped and delivered orders.</summary>
    public long UnitsSold { get; private set; }

    /// <summary>When it left the catalog, UTC; null while it is there.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>A new product in the catalog.</summary>
    /// <param name="sku">Its stock keeping unit.</param>
    /// <param name="details">What buyers see.</param>
    /// <param name="stock">Units on hand, 0 to <see cref="MaxStock"/>.</param>
    /// <param name="sellerId">Who lists it; null for the shop.</param>
    /// <param name="now">The present, UTC.</param>
    public static Product List(string sku, ProductDetails details, int stock, long? sellerId, DateTimeOffset now)
    {
        var product = new Product { SellerId = sellerId, CreatedAt = now, Stock = stock };
        product.Describe(sku, details, now);
        product.Raise(new ProductCreated(product, now));
        return product;
    }

    /// <summary>Replaces what buyers see.</summary>
    /// <param name="sku">Its stock keeping unit.</param>
    /// <param name="details">What buyers see.</param>
    /// <param name="now">The present, UTC.</param>
    public void Edit(string sku, ProductDetails details, DateTimeOffset now)
    {
        var changes = sku != Sku || details != new ProductDetails(Name, Description, Price, CategoryId, ImageUrl);
        Describe(sku, details, now);
        if (changes)
        {
            RaiseOnce(new ProductUpdated(this, now));
        }
    }

    /// <summary>Sets the units on hand, as counted by a person; the caller has locked the row.</summary>
    /// <param name="stock">0 to <see cref="MaxStock"/>.</param>
    /// <param name="now">The present, UTC.</param>
    /// <returns>By how much the stock moved.</returns>
    public int Recount(int stock, DateTimeOffset now)
    {
        var delta = stock - Stock;
        (Stock, UpdatedAt) = (stock, now);
        if (delta != 0)
        {
            RaiseOnce(new ProductUpdated(this, now));
        }

        return delta;
    }

    /// <summary>Takes it out of the catalog; orders keep what was bought.</summary>
    /// <param name="now">The present, UTC.</param>
    public void Withdraw(DateTimeOffset now)
    {
        (DeletedAt, UpdatedAt) = (now, now);
        Raise(new ProductDeleted(this, now));
    }

    /// <summary>Whether a person may change it.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="isAdmin">Whether they are an admin.</param>
    public bool CanBeChangedBy(long userId, bool isAdmin) => isAdmin || SellerId == userId;

    private void Describe(string sku, ProductDetails details, DateTimeOffset now)
    {
        Sku = sku;
        (Name, Description, Price, CategoryId, ImageUrl) =
            (details.Name, details.Description, details.Price, details.CategoryId, details.ImageUrl);
        UpdatedAt = now;
    }
}

/// <summary>What buyers see of a product and its seller edits.</summary>
/// <param name="Name">What buyers read first.</param>
/// <param name="Description">Plain text, or null.</param>
/// <param name="Price">Price of one unit.</param>
/// <param name="CategoryId">Where it stands, or null.</param>
/// <param name="ImageUrl">An http or https address, or null.</param>
public sealed record ProductDetails(string Name, string? Description, Money Price, long? CategoryId, string? ImageUrl);
