using Shop.Domain.Common;

namespace Shop.Domain.Catalog;

/// <summary>What categories are refused for.</summary>
public static class CategoryErrors
{
    /// <summary>No category of that id.</summary>
    public static Error NotFound => new(ErrorKind.NotFound, "category_not_found", "There is no such category.");

    /// <summary>The input refers to a category that does not exist.</summary>
    public static Error Unknown => Error.InvalidField("category_id", "category_unknown", "There is no category of this id.");

    /// <summary>The input refers to a parent that does not exist.</summary>
    public static Error UnknownParent => Error.InvalidField("parent_id", "category_unknown", "There is no category of this id.");

    /// <summary>Its parent has a category of that name.</summary>
    public static Error NameTaken =>
        new(ErrorKind.Conflict, "category_name_taken", "There is a category of this name under the same parent; choose another name.");

    /// <summary>It has products or categories below it.</summary>
    public static Error InUse =>
        new(ErrorKind.Conflict, "category_in_use", "The category has products or categories below it; move them first.");

    /// <summary>It would lie below itself.</summary>
    public static Error Loop => new(ErrorKind.Conflict, "category_loop", "A category can't lie below itself; choose another parent.");

    /// <summary>The tree would grow too deep.</summary>
    public static Error TooDeep =>
        new(ErrorKind.Conflict, "category_too_deep", $"The tree may be {Category.MaxDepth} categories deep; choose a higher parent.");
}
