using Shop.Domain.Common;

namespace Shop.Domain.Catalog;

/// <summary>A person changed the catalog. It tells the product as it stood then.</summary>
public abstract record ProductEvent : DomainEvent
{
    private protected ProductEvent(Product product, DateTimeOffset occurredAt)
        : base(occurredAt) =>
        (Sku, Name, Price, CategoryId, ImageUrl, Stock, SellerId) = (
            product.Sku, product.Name, product.Price, product.CategoryId, product.ImageUrl, product.Stock, product.SellerId);

    /// <summary>Stock keeping unit.</summary>
    public string Sku { get; }

    /// <summary>What buyers read first.</summary>
    public string Name { get; }

    /// <summary>Price of one unit.</summary>
    public Money Price { get; }

    /// <summary>Where it stands in the catalog, or null.</summary>
    public long? CategoryId { get; }

    /// <summary>An http or https address, or null.</summary>
    public string? ImageUrl { get; }

    /// <summary>Units that could be ordered.</summary>
    public int Stock { get; }

    /// <summary>Who listed it; null for the shop's own.</summary>
    public long? SellerId { get; }
}

/// <summary>A product was listed.</summary>
public sealed record ProductCreated : ProductEvent
{
    /// <inheritdoc cref="DomainEvent.Type" />
    public const string TypeName = "product.created";

    internal ProductCreated(Product product, DateTimeOffset occurredAt)
        : base(product, occurredAt)
    {
    }

    /// <inheritdoc />
    public override string Type => TypeName;
}

/// <summary>A product was edited or recounted: once an edit, and not when it stayed as it was. A sale is no edit.</summary>
public sealed record ProductUpdated : ProductEvent
{
    /// <inheritdoc cref="DomainEvent.Type" />
    public const string TypeName = "product.updated";

    internal ProductUpdated(Product product, DateTimeOffset occurredAt)
        : base(product, occurredAt)
    {
    }

    /// <inheritdoc />
    public override string Type => TypeName;
}

/// <summary>A product left the catalog.</summary>
public sealed record ProductDeleted : ProductEvent
{
    /// <inheritdoc cref="DomainEvent.Type" />
    public const string TypeName = "product.deleted";

    internal ProductDeleted(Product product, DateTimeOffset occurredAt)
        : base(product, occurredAt)
    {
    }

    /// <inheritdoc />
    public override string Type => TypeName;
}
