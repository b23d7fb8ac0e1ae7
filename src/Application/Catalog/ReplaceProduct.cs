using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>Replaces a product: absent description, image and category become empty; SKU and stock stay unless given.</summary>
[Access(Who.SignedIn)]
public sealed record ReplaceProduct : ICommand, IProductInput
{
    /// <summary>Which product.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The version that the caller has seen.</summary>
    [JsonIgnore]
    public ExpectedVersion? Expected { get; init; }

    /// <inheritdoc />
    public string? Name { get; init; }

    /// <inheritdoc />
    public decimal? Price { get; init; }

    /// <inheritdoc />
    public string? Description { get; init; }

    /// <inheritdoc />
    public string? ImageUrl { get; init; }

    /// <inheritdoc />
    public string? Category { get; init; }

    /// <inheritdoc />
    public long? CategoryId { get; init; }

    /// <inheritdoc />
    public string? Sku { get; init; }

    /// <inheritdoc />
    public int? Stock { get; init; }
}

internal sealed class ReplaceProductRules : AbstractValidator<ReplaceProduct>
{
    public ReplaceProductRules() => Include(new ProductInputRules());
}

internal sealed class ReplaceProductHandler(
    IRepository<Product> products, CategoryChoice categories, IStock stock, ICurrentUser caller, TimeProvider clock)
    : IRequestHandler<ReplaceProduct, Result>
{
    public async Task<Result> Handle(ReplaceProduct command, CancellationToken cancellationToken)
    {
        var found = await products.FindToEditAsync(command.Id, caller, command.Expected, command.Stock is not null, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var category = await categories.ResolveAsync(command.CategoryId, command.Category, cancellationToken);
        if (category.IsFailure)
        {
            return category.Error;
        }

        var product = found.Value;
        var now = clock.GetUtcNow();
        product.Edit(string.IsNullOrWhiteSpace(command.Sku) ? product.Sku : command.Sku.Trim(), command.ToDetails(category.Value), now);
        if (command.Stock is { } counted)
        {
            stock.Note(product.Id, product.Recount(counted, now), StockReason.Recounted);
        }

        return Result.Ok;
    }
}

internal static class ProductEditing
{
    /// <summary>Loads and locks a product that the caller may change and has seen as it is.</summary>
    public static async Task<Result<Product>> FindToEditAsync(
        this IRepository<Product> products,
        long id,
        ICurrentUser caller,
        ExpectedVersion? expected,
        bool setsStock,
        CancellationToken cancellationToken)
    {
        if (await products.FindForUpdateAsync(ProductSpecs.ById(id), cancellationToken) is not { } product)
        {
            return ProductErrors.NotFound;
        }

        if (!product.CanBeChangedBy(caller.RequiredId, caller.IsAdmin))
        {
            return ProductErrors.NotYours;
        }

        return ExpectedVersion.Refusal(expected, product, setsStock) is { } stale ? stale : product;
    }
}
