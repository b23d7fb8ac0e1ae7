using System.Diagnostics.CodeAnalysis;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Analytics;

/// <summary>What sold most units, most first, also when it has left the catalog since. Units and revenue of orders that went back count against the day of that.</summary>
[Access(Who.Admin)]
public sealed record GetTopProducts : IQuery<Best<TopProductAnswer>>
{
    /// <summary>The first day, such as 2026-10-01, or a time on it; from the beginning unless said.</summary>
    public string? From { get; init; }

    /// <summary>The last day, included, or the time that ends the range; to the end unless said.</summary>
    public string? To { get; init; }

    /// <summary>How many at most, 1 to 100; 20 unless said.</summary>
    public int? Limit { get; init; }
}

/// <summary>A product and how well it sold.</summary>
public sealed record TopProductAnswer : ProductAnswer
{
    [SetsRequiredMembers]
    internal TopProductAnswer(ProductAnswer product, ProductRevenue sold)
        : base(product) => (UnitsSold, Revenue) = (sold.Units, sold.Revenue);

    /// <summary>Units sold in the range, less those that went back.</summary>
    public long UnitsSold { get; }

    /// <summary>What they brought after discount, in the shop's currency.</summary>
    public decimal Revenue { get; }
}

internal sealed class GetTopProductsRules : AbstractValidator<GetTopProducts>
{
    public GetTopProductsRules(IShopCalendar calendar)
    {
        RuleFor(query => query.From).Day();
        RuleFor(query => query.To).Day().NotBefore(query => query.From, calendar);
        RuleFor(query => query.Limit).InclusiveBetween(1, PageRequest.MaxLimit);
    }
}

internal sealed class GetTopProductsHandler(ISalesStatistics statistics, IRepository<Product> products, IShopCalendar calendar)
    : IRequestHandler<GetTopProducts, Result<Best<TopProductAnswer>>>
{
    public async Task<Result<Best<TopProductAnswer>>> Handle(GetTopProducts query, CancellationToken cancellationToken)
    {
        var range = DayText.Range(query.From, query.To, calendar);
        var best = await statistics.TopProductsAsync(range, query.Limit ?? PageRequest.DefaultLimit, cancellationToken);
        var known = (await products.ListAsync<ProductAnswer>(ProductSpecs.ByIds([.. best.Select(each => each.ProductId)]), cancellationToken))
            .ToDictionary(product => product.Id);
        return new Best<TopProductAnswer>([.. best.Select(each => new TopProductAnswer(known[each.ProductId], each))]);
    }
}
