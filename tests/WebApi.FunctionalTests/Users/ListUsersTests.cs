using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Users;

public sealed class ListUsersTests : ShopTest
{
    [Test]
    public async Task The_search_covers_username_email_and_names_in_any_case()
    {
        var word = "w" + Guid.NewGuid().ToString("N")[..10];
        long[] ids =
        [
            await MakeAsync(new { username = $"a-{word}" }),
            await MakeAsync(new { email = $"{word}@example.org" }),
            await MakeAsync(new { first_name = word.ToUpperInvariant() }),
            await MakeAsync(new { last_name = $"von {word}" }),
        ];
        await MakeAsync(new { first_name = "Somebody", last_name = "Else" });

        var found = (await Admin.GetAsync($"/users?search={word.ToUpperInvariant()}&count=true")).ShouldBe(200);

        found.Json.EnumerateArray().Select(user => user.GetProperty("id").GetInt64()).ShouldBe(ids.OrderDescending());
        found.Header("X-Total-Count").ShouldBe("4");
        found.Header("Link").ShouldBeNull();
    }

    [TestCase("%")]
    [TestCase("_")]
    [TestCase("\\")]
    [TestCase("'")]
    public async Task A_search_means_what_it_says(string special)
    {
        var word = "w" + Guid.NewGuid().ToString("N")[..10];
        var meant = await MakeAsync(new { first_name = $"{word}{special}z" });
        await MakeAsync(new { first_name = $"{word}xz" });

        var found = (await Admin.GetAsync($"/users?search={Uri.EscapeDataString($"{word}{special}z")}")).ShouldBe(200);

        found.Json.EnumerateArray().Select(user => user.GetProperty("id").GetInt64()).ShouldBe([meant]);
    }

    [Test]
    public async Task Pages_lead_through_the_whole_list_also_while_users_come_in()
    {
        var word = "w" + Guid.NewGuid().ToString("N")[..10];
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await MakeAsync(new { first_name = word }));
        }

        var seen = new List<long>();
        for (var next = $"/users?search={word}&limit=2"; next is not null;)
        {
            var page = (await Admin.GetAsync(next)).ShouldBe(200);
            seen.AddRange(page.Json.EnumerateArray().Select(user => user.GetProperty("id").GetInt64()));
            next = page.Header("Link")?.Split('<', '>')[1];
            (next is null).ShouldBe(page.NextCursor is null);
            await MakeAsync(new { first_name = word });
        }

        seen.ShouldBe(Enumerable.Reverse(ids));
    }

    [Test]
    public async Task A_cursor_is_bound_to_its_search_but_not_to_its_limit()
    {
        var word = "w" + Guid.NewGuid().ToString("N")[..10];
        for (var i = 0; i < 4; i++)
        {
            await MakeAsync(new { first_name = word });
        }

        var cursor = Uri.EscapeDataString((await Admin.GetAsync($"/users?search={word}&limit=2")).NextCursor!);

        (await Admin.GetAsync($"/users?search={word}&limit=1&cursor={cursor}")).ShouldBe(200).Json.GetArrayLength().ShouldBe(1);
        (await Admin.GetAsync($"/users?search=other&cursor={cursor}")).ShouldBeProblem(400, "validation_failed", "cursor");
        (await Admin.GetAsync($"/products?cursor={cursor}")).ShouldBeProblem(400, "validation_failed", "cursor");
        (await Admin.GetAsync("/users?cursor=forged")).ShouldBeProblem(400, "validation_failed", "cursor");
    }

    [TestCase("limit=0", "limit")]
    [TestCase("limit=101", "limit")]
    [TestCase("limit=x", "limit")]
    [TestCase("count=maybe", "count")]
    public async Task Bad_input_is_400_and_names_the_parameter(string query, string field) =>
        (await Admin.GetAsync($"/users?{query}")).ShouldBeProblem(400, "validation_failed", field);

    [Test]
    public async Task It_is_an_admins_alone()
    {
        (await Shop.Anonymous().GetAsync("/users")).ShouldBeProblem(401, "unauthenticated");
        (await (await Shop.CustomerAsync()).GetAsync("/users")).ShouldBeProblem(403, "admin_only");
    }

    private async Task<long> MakeAsync(object user) => (await Shop.Anonymous().PostAsync("/users", user)).ShouldBe(201).Id;
}
