using System.Diagnostics.CodeAnalysis;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Application.Analytics;

/// <summary>What has been sold most often, also when it has left the catalog since.</summary>
[Access(Who.Admin)]
public sealed record GetMostPopularProduct : IQuery<MostPopularProductAnswer>;

/// <summary>The product with most units sold.</summary>
public sealed record MostPopularProductAnswer : ProductAnswer
{
    [SetsRequiredMembers]
    internal MostPopularProductAnswer(ProductAnswer product, long unitsSold)
        : base(product) => UnitsSold = unitsSold;

    /// <summary>Units in paid, shipped and delivered orders.</summary>
    public long UnitsSold { get; }
}

internal sealed class GetMostPopularProductHandler(ISalesStatistics statistics, IRepository<Product> products)
    : IRequestHandler<GetMostPopularProduct, Result<MostPopularProductAnswer>>
{
    public async Task<Result<MostPopularProductAnswer>> Handle(GetMostPopularProduct query, CancellationToken cancellationToken) =>
        await statistics.MostPopularProductAsync(cancellationToken) is { } best
        && await products.GetAsync<ProductAnswer>(ProductSpecs.ByIds([best.ProductId]), cancellationToken) is { } product
            ? new MostPopularProductAnswer(product, best.UnitsSold)
            : OrderErrors.NoPurchases;
}
