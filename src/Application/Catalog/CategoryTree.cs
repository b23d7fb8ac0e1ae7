using Shop.Application.Abstractions;
using Shop.Domain.Catalog;

namespace Shop.Application.Catalog;

/// <summary>Walks the category tree, one query a level.</summary>
internal sealed class CategoryTree(IRepository<Category> categories)
{
    /// <summary>A filter's categories with all below them; null when there is no filter, empty when it names none that exists.</summary>
    public async Task<IReadOnlyCollection<long>?> ReachAsync(long? id, string? name, CancellationToken cancellationToken)
    {
        if (id is null && string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        IReadOnlyCollection<long>? byId = id is null ? null : await WithDescendantsAsync([id.Value], cancellationToken);
        if (string.IsNullOrWhiteSpace(name))
        {
            return byId;
        }

        var named = await categories.ListAsync<CategoryAnswer>(CategorySpecs.AllNamed(name.Trim()), cancellationToken);
        var byName = await WithDescendantsAsync([.. named.Select(each => each.Id)], cancellationToken);
        return byId is null ? byName : [.. byId.Intersect(byName)];
    }

    /// <summary>A category and all above it, the nearest first.</summary>
    public async Task<IReadOnlyList<long>> WithAncestorsAsync(long id, CancellationToken cancellationToken)
    {
        var path = new List<long>();
        for (long? next = id; next is not null && !path.Contains(next.Value);)
        {
            path.Add(next.Value);
            next = (await categories.GetAsync<CategoryAnswer>(CategorySpecs.ById(next.Value), cancellationToken))?.ParentId;
        }

        return path;
    }

    private async Task<IReadOnlyCollection<long>> WithDescendantsAsync(long[] roots, CancellationToken cancellationToken)
    {
        var reached = new HashSet<long>(roots);
        for (var level = roots; level.Length > 0;)
        {
            var below = await categories.ListAsync<CategoryAnswer>(CategorySpecs.BelowAny(level), cancellationToken);
            level = [.. below.Select(each => each.Id).Where(reached.Add)];
        }

        return reached;
    }
}
