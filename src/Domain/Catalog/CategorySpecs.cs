using Shop.Domain.Common;

namespace Shop.Domain.Catalog;

/// <summary>The queries over categories.</summary>
public static class CategorySpecs
{
    /// <summary>The category of that id.</summary>
    /// <param name="id">The category's id.</param>
    public static Specification<Category> ById(long id) => new(query => query.Where(category => category.Id == id));

    /// <summary>The categories of these ids.</summary>
    /// <param name="ids">The categories' ids.</param>
    public static Specification<Category> ByIds(IReadOnlyCollection<long> ids) =>
        new(query => query.Where(category => ids.Contains(category.Id)));

    /// <summary>The category of that name, without regard to case, the top of the tree before deeper ones.</summary>
    /// <param name="name">The name.</param>
    public static Specification<Category> Named(string name) =>
        new(query => query
            .Where(category => category.Name == name)
            .OrderBy(category => category.ParentId ?? 0)
            .OrderBy(category => category.Id)
            .Take(1));

    /// <summary>The categories directly below one.</summary>
    /// <param name="id">The category above.</param>
    public static Specification<Category> Below(long id) => new(query => query.Where(category => category.ParentId == id));

    /// <summary>All categories, newest first.</summary>
    public static Specification<Category> All() =>
        new(query => query.OrderByDescending(category => category.CreatedAt).OrderByDescending(category => category.Id));
}
