using Shop.Application.Abstractions;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>Finds the category that a product's input names.</summary>
internal sealed class CategoryChoice(IRepository<Category> categories, ILocks locks, TimeProvider clock)
{
    /// <summary>The id of the category meant: the one of that id, else the one of that name, made at the top of the tree if new.</summary>
    public async Task<Result<long?>> ResolveAsync(long? id, string? name, CancellationToken cancellationToken)
    {
        if (id is not null)
        {
            return await categories.AnyAsync(CategorySpecs.ById(id.Value), cancellationToken) ? id : CategoryErrors.Unknown;
        }

        if (string.IsNullOrWhiteSpace(name))
        {
            return (long?)null;
        }

        name = name.Trim();
        if (await FindAsync(name, cancellationToken) is { } known)
        {
            return known;
        }

        await locks.TakeAsync(LockNames.CategoryTree, cancellationToken);
        if (await FindAsync(name, cancellationToken) is { } justMade)
        {
            return justMade;
        }

        var category = Category.Create(name, parentId: null, clock.GetUtcNow());
        await categories.AddAsync(category, cancellationToken);
        return category.Id;
    }

    private async Task<long?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await categories.GetAsync<CategoryAnswer>(CategorySpecs.Named(name), cancellationToken))?.Id;
}
