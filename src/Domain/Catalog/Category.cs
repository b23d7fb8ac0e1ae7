using Shop.Domain.Common;

namespace Shop.Domain.Catalog;

/// <summary>A place in the catalog's tree.</summary>
public sealed class Category : AggregateRoot
{
    /// <summary>The longest name.</summary>
    public const int MaxNameLength = 200;

    /// <summary>How deep the tree may grow.</summary>
    public const int MaxDepth = 20;

    private Category()
    {
    }

    /// <summary>Unique under its parent, without regard to case.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The category above, or null at the top.</summary>
    public long? ParentId { get; private set; }

    /// <summary>The category above.</summary>
    public Category? Parent { get; private set; }

    /// <summary>A new category.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parentId">The category above, or null.</param>
    /// <param name="now">The present, UTC.</param>
    public static Category Create(string name, long? parentId, DateTimeOffset now) =>
        new() { Name = name, ParentId = parentId, CreatedAt = now, UpdatedAt = now };

    /// <summary>A new category at a place in the tree.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="path">The category above and all above that, the nearest first; none at the top.</param>
    /// <param name="now">The present, UTC.</param>
    /// <returns>Refused when the tree would grow deeper than <see cref="MaxDepth"/>.</returns>
    public static Result<Category> Create(string name, IReadOnlyList<long> path, DateTimeOffset now) =>
        path.Count >= MaxDepth ? CategoryErrors.TooDeep : Create(name, ParentIn(path), now);

    /// <summary>Renames it and puts it, with all below it, elsewhere in the tree.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="path">The category above and all above that, the nearest first; none at the top.</param>
    /// <param name="height">How many levels it spans with all below it, from 1.</param>
    /// <param name="now">The present, UTC.</param>
    /// <returns>Refused when it would lie below itself, or the tree would grow deeper than <see cref="MaxDepth"/>.</returns>
    public Result Edit(string name, IReadOnlyList<long> path, int height, DateTimeOffset now)
    {
        if (path.Contains(Id))
        {
            return CategoryErrors.Loop;
        }

        if (path.Count + height > MaxDepth)
        {
            return CategoryErrors.TooDeep;
        }

        (Name, ParentId, UpdatedAt) = (name, ParentIn(path), now);
        return Result.Ok;
    }

    private static long? ParentIn(IReadOnlyList<long> path) => path.Count == 0 ? null : path[0];
}
