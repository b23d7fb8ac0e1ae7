using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Analytics;

public sealed class AnalyticsInputTests : ShopTest
{
    [TestCase("revenue?interval=year", "interval")]
    [TestCase("revenue?interval=", "interval")]
    [TestCase("revenue?from=yesterday", "from")]
    [TestCase("revenue?from=2026-02-30", "from")]
    [TestCase("revenue?from=0001-01-01", "from")]
    [TestCase("revenue?to=9999-12-31T23:59:59Z", "to")]
    [TestCase("revenue?to=2026-10-25T25:00", "to")]
    [TestCase("revenue?from=2026-10-25&to=2026-10-24", "to")]
    [TestCase("revenue?from=2026-10-25T00:00:00Z&to=2026-10-25T00:00:00Z", "to")]
    [TestCase("revenue?from=1900-01-01&to=2026-10-24", "from")]
    [TestCase("revenue?from=0100-01-01&to=9000-10-24&interval=month", "from")]
    [TestCase("top_products?limit=0", "limit")]
    [TestCase("top_products?limit=101", "limit")]
    [TestCase("top_products?from=2026-10-25&to=2026-10-24", "to")]
    [TestCase("top_customers?limit=-1", "limit")]
    [TestCase("top_customers?to=soon", "to")]
    public async Task What_makes_no_sense_is_refused(string query, string field) =>
        (await Admin.GetAsync("/analytics/" + query)).ShouldBeProblem(400, "validation_failed", field);

    [Test]
    public async Task A_limit_that_is_no_number_is_refused() =>
        (await Admin.GetAsync("/analytics/top_products?limit=many")).ShouldBe(400);

    [TestCase("revenue")]
    [TestCase("top_products")]
    [TestCase("top_customers")]
    public async Task Only_admins_see_it(string path)
    {
        (await Shop.Anonymous().GetAsync("/analytics/" + path)).ShouldBeProblem(401, "unauthenticated");
        (await (await Shop.CustomerAsync()).GetAsync("/analytics/" + path)).ShouldBeProblem(403, "admin_only");
    }
}
