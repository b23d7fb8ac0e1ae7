using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Reviews;

namespace Shop.Application.Reviews;

/// <summary>What users think of a product, newest first.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Page">Which page.</param>
[Access(Who.Anyone)]
public sealed record ListReviews(long ProductId, PageRequest Page) : IPagedQuery<ReviewAnswer>;

internal sealed class ListReviewsHandler(IRepository<Review> reviews, IRepository<Product> products)
    : IRequestHandler<ListReviews, Result<Page<ReviewAnswer>>>
{
    public async Task<Result<Page<ReviewAnswer>>> Handle(ListReviews query, CancellationToken cancellationToken)
    {
        var page = await reviews.GetPageAsync<ReviewAnswer>(ReviewSpecs.Of(query.ProductId), query.Page, cancellationToken);
        return page is { IsFailure: false, Value.Items.Count: 0 }
            && !await products.AnyAsync(ProductSpecs.ById(query.ProductId), cancellationToken)
                ? ProductErrors.NotFound
                : page;
    }
}
