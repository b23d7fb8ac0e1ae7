using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>Changes what is given of a product; null empties what may be empty.</summary>
[Access(Who.SignedIn)]
public sealed record UpdateProduct : ICommand
{
    /// <summary>Which product.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The version that the caller has seen.</summary>
    [JsonIgnore]
    public ExpectedVersion? Expected { get; init; }

    /// <summary>What buyers read first, up to 300 characters.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Price of one unit.</summary>
    public Optional<decimal?> Price { get; init; }

    /// <summary>Plain text, up to 10,000 characters.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>An http or https address.</summary>
    public Optional<string> ImageUrl { get; init; }

    /// <summary>The name of a category; made if new.</summary>
    public Optional<string> Category { get; init; }

    /// <summary>A category's id; wins over the name.</summary>
    public Optional<long?> CategoryId { get; init; }

    /// <summary>Stock keeping unit, up to 64 characters.</summary>
    public Optional<string> Sku { get; init; }

    /// <summary>Units on hand.</summary>
    public Optional<int?> Stock { get; init; }

    /// <summary>The product as it would be, in the shape that is validated like a new one.</summary>
    /// <param name="product">The product as it is.</param>
    internal ReplaceProduct Onto(Product product) => new()
    {
        Name = Name.Or(product.Name),
        Price = Price.Or(product.Price.Amount),
        Description = Description.Or(product.Description),
        ImageUrl = ImageUrl.Or(product.ImageUrl),
        Category = Category.Or(null),
        CategoryId = CategoryId.Or(Category.IsGiven ? null : product.CategoryId),
        Sku = Sku.Or(product.Sku),
        Stock = Stock.IsGiven ? Stock.Value : null,
    };
}

internal sealed class UpdateProductRules : AbstractValidator<UpdateProduct>
{
    private static readonly ProductDetails Valid = new("valid", null, Money.Zero, null, null);

    public UpdateProductRules()
    {
        RuleFor(command => command.Onto(Product.List("valid", Valid, 0, null, DateTimeOffset.MinValue)))
            .SetValidator(new ProductInputRules())
            .OverridePropertyName("");
        RuleFor(command => command.Sku.Value).NotEmpty().When(command => command.Sku.IsGiven).OverridePropertyName("Sku");
        RuleFor(command => command.Stock.Value).NotNull().When(command => command.Stock.IsGiven).OverridePropertyName("Stock");
    }
}

internal sealed class UpdateProductHandler(
    IRepository<Product> products, CategoryChoice categories, IStock stock, ICurrentUser caller, TimeProvider clock)
    : IRequestHandler<UpdateProduct, Result>
{
    public async Task<Result> Handle(UpdateProduct command, CancellationToken cancellationToken)
    {
        var found = await products.FindToEditAsync(command.Id, caller, command.Expected, command.Stock.IsGiven, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var product = found.Value;
        var changed = command.Onto(product);
        var category = await categories.ResolveAsync(changed.CategoryId, changed.Category, cancellationToken);
        if (category.IsFailure)
        {
            return category.Error;
        }

        var now = clock.GetUtcNow();
        product.Edit(changed.Sku!.Trim(), changed.ToDetails(category.Value), now);
        if (changed.Stock is { } counted)
        {
            stock.Note(product.Id, product.Recount(counted, now), StockReason.Recounted);
        }

        return Result.Ok;
    }
}
