using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class ListCategoriesTests : CatalogTest
{
    [Test]
    public async Task Anybody_walks_the_newest_first_while_categories_come_and_go()
    {
        var ids = new List<long>();
        for (var i = 0; i < 9; i++)
        {
            ids.Add(await CategoryAsync());
        }

        var walked = Ids(await Walk.ToEndAsync(
            Shop.Anonymous(),
            "/categories?count=true",
            limit: 2,
            between: async number =>
            {
                await CategoryAsync();
                await Admin.DeleteAsync($"/categories/{(number == 1 ? ids[8] : ids[0])}");
            }));

        walked.ShouldBeUnique();
        walked.Where(ids.Skip(1).Contains).ShouldBe(ids.Skip(1).Reverse());
    }

    [Test]
    public async Task All_are_counted_where_that_is_asked_for()
    {
        await CategoryAsync();

        var page = (await Shop.Anonymous().GetAsync("/categories?limit=1&count=true")).ShouldBe(200);

        long.Parse(page.Header("X-Total-Count")!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        page.Json.GetArrayLength().ShouldBe(1);
    }

    [TestCase("cursor=forged", "cursor")]
    [TestCase("limit=0", "limit")]
    public async Task Bad_input_is_400_and_names_the_field(string query, string field) =>
        (await Shop.Anonymous().GetAsync("/categories?" + query)).ShouldBeProblem(400, "validation_failed", field);
}
