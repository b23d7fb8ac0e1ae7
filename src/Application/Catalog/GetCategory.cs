using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>One category.</summary>
/// <param name="Id">The category's id.</param>
[Access(Who.Anyone)]
public sealed record GetCategory(long Id) : IQuery<CategoryAnswer>;

internal sealed class GetCategoryHandler(IRepository<Category> categories) : IRequestHandler<GetCategory, Result<CategoryAnswer>>
{
    public async Task<Result<CategoryAnswer>> Handle(GetCategory query, CancellationToken cancellationToken) =>
        await categories.GetAsync<CategoryAnswer>(CategorySpecs.ById(query.Id), cancellationToken) is { } category
            ? category
            : CategoryErrors.NotFound;
}
