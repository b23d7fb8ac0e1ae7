using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Catalog;

/// <summary>Lists a product; the caller is its seller. A missing SKU is made.</summary>
[Access(Who.SignedIn)]
public sealed record CreateProduct : ICommand<long>, IProductInput
{
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

internal sealed class CreateProductRules : AbstractValidator<CreateProduct>
{
    public CreateProductRules() => Include(new ProductInputRules());
}

internal sealed class CreateProductHandler(
    IRepository<Product> products, CategoryChoice categories, IStock stock, ILocks locks, ICurrentUser caller, TimeProvider clock)
    : IRequestHandler<CreateProduct, Result<long>>
{
    public async Task<Result<long>> Handle(CreateProduct command, CancellationToken cancellationToken)
    {
        await locks.HoldUserAsync(caller.RequiredId, UserErrors.NotSignedIn, cancellationToken);

        var category = await categories.ResolveAsync(command.CategoryId, command.Category, cancellationToken);
        if (category.IsFailure)
        {
            return category.Error;
        }

        var sku = string.IsNullOrWhiteSpace(command.Sku) ? NewSku() : command.Sku.Trim();
        var details = command.ToDetails(category.Value);
        var product = Product.List(sku, details, command.Stock ?? 0, caller.RequiredId, clock.GetUtcNow());
        await products.AddAsync(product, cancellationToken);
        stock.Note(product.Id, product.Stock, StockReason.Listed);
        return product.Id;
    }

    private static string NewSku() => "P-" + RandomNumberGenerator.GetString("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 10);
}

internal static class ProductInputs
{
    public static ProductDetails ToDetails(this IProductInput input, long? categoryId) =>
        new(input.Name!.Trim(), NullIfEmpty(input.Description), Money.From(input.Price!.Value), categoryId, NullIfEmpty(input.ImageUrl));

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
