using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Addresses;

public sealed class AddressesTests : ShopTest
{
    [Test]
    public async Task An_address_is_kept_read_replaced_changed_and_removed()
    {
        var user = await Shop.CustomerAsync();
        object body = new { name = " Anna ", line1 = "Main 1", line2 = "c/o Ben", city = "Wien", postal_code = "1010", country = "at" };

        var made = (await user.PostAsync(Path(user), body)).ShouldBe(201);

        made.Header("Location").ShouldBe($"{Path(user)}/{made.Id}");
        made.Json.EnumerateObject().Select(property => property.Name)
            .ShouldBe(["id", "name", "line1", "line2", "city", "region", "postal_code", "country", "created_at", "updated_at"]);
        (made.Text("name"), made.Text("line2"), made.Text("region"), made.Text("country")).ShouldBe(("Anna", "c/o Ben", null, "AT"));
        (await user.GetAsync($"{Path(user)}/{made.Id}")).ShouldBe(200).Body.ShouldBe(made.Body);

        var replaced = (await user.PutAsync($"{Path(user)}/{made.Id}", Buying.Address("Graz"))).ShouldBe(200);
        (replaced.Text("city"), replaced.Text("line2")).ShouldBe(("Graz", null));

        var changed = (await user.PatchAsync($"{Path(user)}/{made.Id}", new { line2 = "Door 4", country = "ch" })).ShouldBe(200);
        (changed.Text("city"), changed.Text("line2"), changed.Text("country")).ShouldBe(("Graz", "Door 4", "CH"));
        (await user.GetAsync($"{Path(user)}/{made.Id}")).Body.ShouldBe(changed.Body);

        (await user.DeleteAsync($"{Path(user)}/{made.Id}")).ShouldBe(204);
        (await user.GetAsync($"{Path(user)}/{made.Id}")).ShouldBeProblem(404, "address_not_found");
        (await user.DeleteAsync($"{Path(user)}/{made.Id}")).ShouldBeProblem(404, "address_not_found");
    }

    [Test]
    public async Task They_are_listed_newest_first_page_by_page()
    {
        var user = await Shop.CustomerAsync();
        foreach (var city in (string[])["A", "B", "C", "D", "E"])
        {
            (await user.PostAsync(Path(user), Buying.Address(city))).ShouldBe(201);
        }

        var all = await Walk.ToEndAsync(user, Path(user), limit: 2);

        all.Select(address => address.GetProperty("city").GetString()).ShouldBe(["E", "D", "C", "B", "A"]);
        (await user.GetAsync($"{Path(user)}?count=true")).Header("X-Total-Count").ShouldBe("5");
    }

    [Test]
    public async Task There_is_room_for_50_even_when_the_last_ones_come_at_once()
    {
        var user = await Shop.CustomerAsync();
        for (var i = 0; i < 47; i++)
        {
            (await user.PostAsync(Path(user), Buying.Address())).ShouldBe(201);
        }

        var answers = await AtOnce.AllAsync(Enumerable.Range(0, 8).Select<int, Func<Task<Answer>>>(_ => () => user.PostAsync(Path(user), Buying.Address())));

        answers.Count(answer => answer.Status == 201).ShouldBe(3);
        foreach (var refused in answers.Where(answer => answer.Status != 201))
        {
            refused.ShouldBeProblem(409, "too_many_addresses");
        }
    }

    [TestCase("{}", "name")]
    [TestCase("{\"name\":\"x\",\"line1\":\"x\",\"city\":\"x\",\"postal_code\":\"x\",\"country\":\"XX\"}", "country")]
    [TestCase("{\"name\":\" \",\"line1\":\"x\",\"city\":\"x\",\"postal_code\":\"x\",\"country\":\"DE\"}", "name")]
    [TestCase("{\"name\":\"x\",\"line1\":\"x\",\"city\":\"x\",\"postal_code\":\"123456789012345678901\",\"country\":\"DE\"}", "postal_code")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field)
    {
        var user = await Shop.CustomerAsync();
        var id = (await user.PostAsync(Path(user), Buying.Address())).Id;

        (await user.PostAsync(Path(user), body)).ShouldBeProblem(400, "validation_failed", field);
        (await user.PutAsync($"{Path(user)}/{id}", body)).ShouldBeProblem(400, "validation_failed", field);
    }

    [TestCase("{\"name\":null}", "name")]
    [TestCase("{\"city\":\"\"}", "city")]
    [TestCase("{\"country\":\"D\"}", "country")]
    public async Task A_change_that_would_leave_a_bad_address_is_400(string body, string field)
    {
        var user = await Shop.CustomerAsync();
        var made = await user.PostAsync(Path(user), Buying.Address());

        (await user.PatchAsync($"{Path(user)}/{made.Id}", body)).ShouldBeProblem(400, "validation_failed", field);
        (await user.GetAsync($"{Path(user)}/{made.Id}")).Body.ShouldBe(made.Body);
    }

    [Test]
    public async Task Somebody_elses_are_not_found_not_even_by_an_admin()
    {
        var owner = await Shop.CustomerAsync();
        var path = $"{Path(owner)}/{(await owner.PostAsync(Path(owner), Buying.Address())).Id}";
        var other = await Shop.CustomerAsync();

        foreach (var actor in (Actor[])[other, Admin])
        {
            (await actor.GetAsync(Path(owner))).ShouldBeProblem(404, "user_not_found");
            (await actor.PostAsync(Path(owner), Buying.Address())).ShouldBeProblem(404, "user_not_found");
            (await actor.GetAsync(path)).ShouldBeProblem(404, "address_not_found");
            (await actor.PutAsync(path, Buying.Address())).ShouldBeProblem(404, "address_not_found");
            (await actor.PatchAsync(path, new { city = "x" })).ShouldBeProblem(404, "address_not_found");
            (await actor.DeleteAsync(path)).ShouldBeProblem(404, "address_not_found");
        }

        (await other.GetAsync(path.Replace($"{owner.UserId}/", $"{other.UserId}/"))).ShouldBeProblem(404, "address_not_found");
        (await Shop.Anonymous().GetAsync(path)).ShouldBeProblem(401, "unauthenticated");
    }

    [Test]
    public async Task A_stale_version_is_412_and_changes_nothing()
    {
        var user = await Shop.CustomerAsync();
        var made = await user.PostAsync(Path(user), Buying.Address());
        var path = $"{Path(user)}/{made.Id}";
        var changed = (await user.PatchAsync(path, new { city = "Graz" }, ("If-Match", made.ETag))).ShouldBe(200);

        (await user.PutAsync(path, Buying.Address(), ("If-Match", made.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await user.DeleteAsync(path, ("If-Match", made.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await user.GetAsync(path)).Body.ShouldBe(changed.Body);
    }

    [Test]
    public async Task Erasing_the_user_removes_them()
    {
        var user = await Shop.CustomerAsync();
        (await user.PostAsync(Path(user), Buying.Address())).ShouldBe(201);

        (await Admin.DeleteAsync($"/users/{user.UserId}")).ShouldBe(200);

        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM user_addresses WHERE user_id = {user.UserId}")).ShouldBe(0);
    }

    private static string Path(Actor user) => $"/users/{user.UserId}/addresses";
}
