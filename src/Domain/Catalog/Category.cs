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

    /// <summary>Renames it and puts it elsewhere in the tree.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parentId">The category above, or null.</param>
    /// <param name="ancestorsOfParent">The new parent and all above it.</param>
    /// <param name="now">The present, UTC.</param>
    /// <returns>Refused when it would lie below itself.</returns>
    public Result Edit(string name, long? parentId, IReadOnlyCollection<long> ancestorsOfParent, DateTimeOffset now)
    {
        if (ancestorsOfParent.Contains(Id))
        {
            return CategoryErrors.Loop;
        }

        (Name, ParentId, UpdatedAt) = (name, parentId, now);
        return Result.Ok;
    }
}
