using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>Removes a category that nothing of the catalog stands in and no other lies below.</summary>
/// <param name="Id">Which category.</param>
/// <param name="Expected">The version that the caller has seen.</param>
[Access(Who.Admin)]
public sealed record DeleteCategory(long Id, ExpectedVersion? Expected) : ICommand;

internal sealed class DeleteCategoryHandler(
    IRepository<Category> categories, IRepository<Product> products, ICategoryTree tree, ILocks locks)
    : IRequestHandler<DeleteCategory, Result>
{
    public async Task<Result> Handle(DeleteCategory command, CancellationToken cancellationToken)
    {
        await locks.TakeAsync(LockNames.CategoryTree, cancellationToken);
        if (await categories.FindForUpdateAsync(CategorySpecs.ById(command.Id), cancellationToken) is not { } category)
        {
            return CategoryErrors.NotFound;
        }

        if (ExpectedVersion.Refusal(command.Expected, category) is { } stale)
        {
            return stale;
        }

        // A product that comes after this look is seen by the foreign key, which gives the same answer
        if (await categories.AnyAsync(CategorySpecs.Below(command.Id), cancellationToken)
            || await products.AnyAsync(ProductSpecs.InCategory(command.Id), cancellationToken))
        {
            return CategoryErrors.InUse;
        }

        await tree.ReleaseWithdrawnAsync(command.Id, cancellationToken);
        categories.Remove(category);
        return Result.Ok;
    }
}
