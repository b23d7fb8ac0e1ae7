using System.Runtime.CompilerServices;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Mapping;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>The whole catalog as a CSV that can be loaded again.</summary>
/// <remarks>It leaves as it comes from the database: never more than a few hundred products at once are in memory.</remarks>
[Access(Who.Admin)]
public sealed record ExportProducts : IQuery<IAsyncEnumerable<ExportedProduct>>;

/// <summary>A product as the catalog CSV holds it.</summary>
public sealed record ExportedProduct
{
    /// <summary>The product's id; not part of the file.</summary>
    public required long Id { get; init; }

    /// <summary>Stock keeping unit.</summary>
    public required string Sku { get; init; }

    /// <summary>What buyers read first.</summary>
    public required string Name { get; init; }

    /// <summary>Plain text, or null.</summary>
    public required string? Description { get; init; }

    /// <summary>Price of one unit.</summary>
    public required decimal Price { get; init; }

    /// <summary>The name of its category, or null.</summary>
    public required string? Category { get; init; }

    /// <summary>A picture of it, or null.</summary>
    public required string? ImageUrl { get; init; }

    /// <summary>Units that can be ordered now.</summary>
    public required int Stock { get; init; }

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<Product, ExportedProduct>().ConvertUsing(product => new ExportedProduct
        {
            Id = product.Id,
            Sku = product.Sku,
            Name = product.Name,
            Description = product.Description,
            Price = product.Price,
            Category = product.Category!.Name,
            ImageUrl = product.ImageUrl,
            Stock = product.Stock,
        });
    }
}

internal sealed class ExportProductsHandler(IRepository<Product> products)
    : IRequestHandler<ExportProducts, Result<IAsyncEnumerable<ExportedProduct>>>
{
    private const int BatchSize = 500;

    public Task<Result<IAsyncEnumerable<ExportedProduct>>> Handle(ExportProducts query, CancellationToken cancellationToken) =>
        Task.FromResult(Result<IAsyncEnumerable<ExportedProduct>>.From(ReadAsync(cancellationToken)));

    /// <summary>Batch by batch, since a provider that retries buffers the whole of a query's rows.</summary>
    private async IAsyncEnumerable<ExportedProduct> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = 0L;
        while (true)
        {
            var batch = await products.ListAsync<ExportedProduct>(ProductSpecs.InCatalogAfter(last, BatchSize), cancellationToken);
            foreach (var product in batch)
            {
                yield return product;
            }

            if (batch.Count < BatchSize)
            {
                yield break;
            }

            last = batch[^1].Id;
        }
    }
}
