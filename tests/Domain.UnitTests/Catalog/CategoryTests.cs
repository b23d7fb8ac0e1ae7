using Shop.Domain.Catalog;

namespace Shop.Domain.UnitTests.Catalog;

public sealed class CategoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Test]
    public void A_category_stands_below_the_nearest_of_its_path()
    {
        var category = Category.Create("Lamps", [3, 2, 1], Now).Value;

        (category.Name, category.ParentId, category.CreatedAt, category.UpdatedAt).ShouldBe(("Lamps", 3, Now, Now));
    }

    [Test]
    public void A_category_without_a_path_stands_at_the_top() =>
        Category.Create("Lamps", [], Now).Value.ParentId.ShouldBeNull();

    [Test]
    public void The_tree_grows_to_its_limit_and_no_deeper()
    {
        Category.Create("deepest", Path(Category.MaxDepth - 1), Now).IsFailure.ShouldBeFalse();
        Category.Create("too deep", Path(Category.MaxDepth), Now).Error.ShouldBe(CategoryErrors.TooDeep);
    }

    [Test]
    public void A_category_moves_with_a_new_name()
    {
        var category = Category.Create("Lamps", [3], Now).Value;

        category.Edit("Lights", [7, 1], height: 1, Now.AddDays(1)).IsFailure.ShouldBeFalse();

        (category.Name, category.ParentId, category.CreatedAt, category.UpdatedAt).ShouldBe(("Lights", 7, Now, Now.AddDays(1)));
    }

    [Test]
    public void A_category_that_is_in_its_own_path_is_refused_and_stays()
    {
        var category = Category.Create("Lamps", [3], Now).Value;

        category.Edit("Lights", [9, category.Id, 1], height: 1, Now.AddDays(1)).Error.ShouldBe(CategoryErrors.Loop);

        (category.Name, category.ParentId, category.UpdatedAt).ShouldBe(("Lamps", 3, Now));
    }

    [Test]
    public void What_lies_below_counts_for_the_depth()
    {
        var category = Category.Create("Lamps", [], Now).Value;

        category.Edit("Lamps", Path(Category.MaxDepth - 3), height: 3, Now).IsFailure.ShouldBeFalse();
        category.Edit("Lamps", Path(Category.MaxDepth - 2), height: 3, Now).Error.ShouldBe(CategoryErrors.TooDeep);
    }

    private static long[] Path(int depth) => [.. Enumerable.Range(1, depth).Select(id => (long)id)];
}
