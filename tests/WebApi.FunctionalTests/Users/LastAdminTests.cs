using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Users;

/// <summary>Counts the shop's admins, so its tests run one after the other, each with shops of its own.</summary>
public sealed class LastAdminTests
{
    private static readonly string[] AdminRole = ["admin"];
    private static readonly string[] None = [];

    [Test]
    public async Task The_last_admin_stays_one()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var id = (await admin.GetAsync("/users/me")).Id;

        (await admin.PutAsync($"/users/{id}/roles", new { roles = None })).ShouldBeProblem(409, "last_admin");
        (await admin.DeleteAsync($"/users/{id}")).ShouldBeProblem(409, "last_admin");

        (await admin.PutAsync($"/users/{id}/roles", new { roles = AdminRole })).ShouldBe(200);
        (await admin.GetAsync("/users")).ShouldBe(200);
    }

    [TestCase("roles")]
    [TestCase("erase")]
    [TestCase("both")]
    public async Task Of_two_admins_who_remove_each_other_at_once_one_stays(string way)
    {
        await using var shop = await ShopServer.StartAsync();
        var first = await shop.AdminAsync();
        first.UserId = (await first.GetAsync("/users/me")).Id;
        for (var round = 0; round < 5; round++)
        {
            var second = await shop.CustomerAsync();
            (await first.PutAsync($"/users/{second.UserId}/roles", new { roles = AdminRole })).ShouldBe(200);

            var answers = await Task.WhenAll(
                way == "erase" ? first.DeleteAsync($"/users/{second.UserId}") : first.PutAsync($"/users/{second.UserId}/roles", new { roles = None }),
                way == "roles" ? second.PutAsync($"/users/{first.UserId}/roles", new { roles = None }) : second.DeleteAsync($"/users/{first.UserId}"));

            answers.Count(answer => answer.Status == 200).ShouldBe(1, string.Join('\n', answers.Select(answer => $"{answer.Status} {answer.Body}")));
            (await shop.ScalarAsync<long>("SELECT count(*) FROM user_roles")).ShouldBe(1);
            first = answers[0].Status == 200 ? first : second;
        }
    }
}
