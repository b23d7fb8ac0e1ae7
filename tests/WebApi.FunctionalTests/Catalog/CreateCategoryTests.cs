using System.Text.Json;
using Shop.Domain.Catalog;

namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class CreateCategoryTests : CatalogTest
{
    [Test]
    public async Task An_admin_makes_one_at_the_top_or_below_another()
    {
        var name = Unique("Tools");
        var top = (await Admin.PostAsync("/categories", new { name = $" {name} " })).ShouldBe(201);
        var below = (await Admin.PostAsync("/categories", new { name, parent_id = top.Id })).ShouldBe(201);

        top["name"].GetString().ShouldBe(name);
        top["parent_id"].ValueKind.ShouldBe(JsonValueKind.Null);
        below["parent_id"].GetInt64().ShouldBe(top.Id);
        below.Header("Location").ShouldBe($"/categories/{below.Id}");
        var found = await Shop.Anonymous().GetAsync($"/categories/{below.Id}");
        (found.Body, found.ETag).ShouldBe((below.Body, below.ETag));
    }

    [Test]
    public async Task A_name_is_taken_once_under_its_parent_without_regard_to_case_however_many_try_at_once()
    {
        var parent = await CategoryAsync();
        var name = Unique("Tools");

        foreach (var above in (long?[])[null, parent])
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
                Admin.PostAsync("/categories", new { name = i % 2 == 0 ? name : name.ToUpperInvariant(), parent_id = above })));

            answers.Count(answer => answer.Status == 201).ShouldBe(1);
            answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409 && answer.Code == "category_name_taken");
        }
    }

    [Test]
    public async Task The_tree_grows_to_its_limit_and_no_deeper()
    {
        long? parent = null;
        for (var depth = 1; depth <= Category.MaxDepth; depth++)
        {
            parent = await CategoryAsync(parentId: parent);
        }

        (await Admin.PostAsync("/categories", new { name = "too deep", parent_id = parent })).ShouldBeProblem(409, "category_too_deep");
    }

    [Test]
    public async Task A_customer_is_403_and_nobody_401()
    {
        (await (await Shop.CustomerAsync()).PostAsync("/categories", new { name = "x" })).ShouldBeProblem(403, "admin_only");
        (await Shop.Anonymous().PostAsync("/categories", new { name = "x" })).ShouldBeProblem(401, "unauthenticated");
    }

    [Test]
    public async Task An_unknown_parent_is_400() =>
        (await Admin.PostAsync("/categories", new { name = "x", parent_id = 999_999_999 })).ShouldBeProblem(400, "category_unknown", "parent_id");

    [TestCase("{}", "name")]
    [TestCase("{\"name\":null}", "name")]
    [TestCase("{\"name\":\"  \"}", "name")]
    [TestCase("{\"name\":1}", "name")]
    [TestCase("{\"name\":\"x\",\"parent_id\":\"1\"}", "parent_id")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field) =>
        (await Admin.PostAsync("/categories", body)).ShouldBeProblem(400, "validation_failed", field);

    [Test]
    public async Task A_name_may_be_long_but_not_longer()
    {
        (await Admin.PostAsync("/categories", new { name = new string('x', Category.MaxNameLength + 1) }))
            .ShouldBeProblem(400, "validation_failed", "name");
        (await Admin.PostAsync("/categories", new { name = new string('x', Category.MaxNameLength) })).ShouldBe(201);
    }
}
