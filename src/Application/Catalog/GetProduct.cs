using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>One product of the catalog.</summary>
/// <param name="Id">The product's id.</param>
[Access(Who.Anyone)]
public sealed record GetProduct(long Id) : IQuery<ProductAnswer>;

internal sealed class GetProductHandler(ICatalogReads catalog) : IRequestHandler<GetProduct, Result<ProductAnswer>>
{
    public async Task<Result<ProductAnswer>> Handle(GetProduct query, CancellationToken cancellationToken) =>
        await catalog.FindAsync(query.Id, cancellationToken) is { } product
            ? product
            : ProductErrors.NotFound;
}
