using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>All categories, newest first.</summary>
/// <param name="Page">Which page.</param>
[Access(Who.Anyone)]
public sealed record ListCategories(PageRequest Page) : IPagedQuery<CategoryAnswer>;

internal sealed class ListCategoriesHandler(IRepository<Category> categories)
    : IRequestHandler<ListCategories, Result<Page<CategoryAnswer>>>
{
    public Task<Result<Page<CategoryAnswer>>> Handle(ListCategories query, CancellationToken cancellationToken) =>
        categories.GetPageAsync<CategoryAnswer>(CategorySpecs.All(), query.Page, cancellationToken);
}
