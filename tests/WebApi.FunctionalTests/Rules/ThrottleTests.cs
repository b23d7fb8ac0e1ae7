using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Rules;

[Parallelizable(ParallelScope.Self)]
public sealed class ThrottleTests
{
    [Test]
    public async Task Ten_wrong_passwords_close_an_account_for_five_minutes_on_every_node_whether_it_exists_or_not()
    {
        var clock = new FakeClock();
        await using var shop = await StartAsync(clock);
        var customer = await shop.CustomerAsync();

        foreach (var login in (string[])[customer.Username, "nobody-of-that-name"])
        {
            for (var i = 0; i < 10; i++)
            {
                (await SignInAsync(shop, login, "wrong password")).ShouldBeProblem(401, "wrong_credentials");
            }

            var refused = (await SignInAsync(shop, login.ToUpperInvariant(), "correct horse")).ShouldBeProblem(429, "too_many_attempts");
            int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture).ShouldBeInRange(1, 300);
            refused.Header("RateLimit")!.ShouldStartWith("\"too_many_attempts\";r=0;t=");
        }

        await using var second = shop.StartSecondNode();
        (await SignInAsync(second, customer.Username, "correct horse")).ShouldBeProblem(429, "too_many_attempts");
        clock.Advance(TimeSpan.FromMinutes(5));
        (await SignInAsync(shop, customer.Username, "correct horse")).ShouldBe(200);
    }

    [Test]
    public async Task A_right_password_forgets_the_wrong_ones_before_it()
    {
        await using var shop = await StartAsync(new FakeClock());
        var customer = await shop.CustomerAsync();
        for (var i = 0; i < 30; i++)
        {
            (await SignInAsync(shop, customer.Username, i % 9 == 8 ? "correct horse" : "wrong password")).ShouldBe(i % 9 == 8 ? 200 : 401);
        }
    }

    [Test]
    public async Task Guesses_sent_all_at_once_are_not_let_through()
    {
        await using var shop = await StartAsync(new FakeClock());
        var customer = await shop.CustomerAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => SignInAsync(shop, customer.Username, "wrong password")));

        answers.ShouldAllBe(answer => answer.Status == 401 || answer.Status == 429);
        (await SignInAsync(shop, customer.Username, "correct horse")).ShouldBe(429);
    }

    [Test]
    public async Task Many_may_sign_in_at_once()
    {
        await using var shop = await StartAsync(new FakeClock());
        var customer = await shop.CustomerAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => SignInAsync(shop, customer.Username, "correct horse")));

        answers.ShouldAllBe(answer => answer.Status == 200);
    }

    [Test]
    public async Task A_hundred_wrong_passwords_close_the_address_and_the_proxy_s_word_counts_only_when_it_is_configured()
    {
        await using var shop = await StartAsync(new FakeClock(), ("Shop:Proxies:Known", "127.0.0.1, ::1"));
        await using var open = await StartAsync(new FakeClock());
        for (var i = 0; i < 100; i++)
        {
            (await SignInAsync(shop, $"nobody-{i}", "wrong password", ("X-Forwarded-For", "203.0.113.7"))).ShouldBe(401);
            (await SignInAsync(open, $"nobody-{i}", "wrong password", ("X-Forwarded-For", $"203.0.113.{i}"))).ShouldBe(401);
        }

        (await SignInAsync(shop, "somebody", "x", ("X-Forwarded-For", "203.0.113.7"))).ShouldBeProblem(429, "too_many_attempts");
        (await SignInAsync(shop, "somebody", "x", ("X-Forwarded-For", "203.0.113.8"))).ShouldBe(401);
        (await SignInAsync(open, "somebody", "x", ("X-Forwarded-For", "203.0.113.200"))).ShouldBeProblem(429, "too_many_attempts");
    }

    [Test]
    public async Task The_current_password_can_t_be_guessed_either()
    {
        await using var shop = await StartAsync(new FakeClock());
        var customer = await shop.CustomerAsync();
        for (var i = 0; i < 10; i++)
        {
            (await customer.PostAsync("/auth/change_password", new { current_password = "wrong", new_password = "new password" })).ShouldBe(400);
        }

        (await customer.PostAsync("/auth/change_password", new { current_password = "correct horse", new_password = "new password" }))
            .ShouldBeProblem(429, "too_many_attempts");
    }

    [Test]
    [PostgreSqlOnly("it looks at who waits for a lock")]
    public async Task A_current_password_that_was_let_in_before_the_wrong_ones_were_counted_is_refused_too()
    {
        await using var shop = await StartAsync(new FakeClock());
        var customer = await shop.CustomerAsync();
        await using var other = new NpgsqlConnection(shop.ConnectionString);
        await other.OpenAsync();
        await using var holding = await other.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand($"SELECT FROM users WHERE id = {customer.UserId} FOR UPDATE", other, holding);
        await hold.ExecuteNonQueryAsync();

        var change = customer.PostAsync("/auth/change_password", new { current_password = "correct horse", new_password = "new password" });
        while (await shop.ScalarAsync<long>("SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()") == 0)
        {
            change.IsCompleted.ShouldBeFalse();
        }

        await shop.ScalarAsync<int>($"""
            INSERT INTO sign_in_failures (key_hash, failures, ends_at)
            VALUES (sha256('account:#{customer.UserId}'), 10, now() + interval '5 minutes') RETURNING failures
            """);
        await holding.RollbackAsync();

        (await change).ShouldBeProblem(429, "too_many_attempts");
    }

    [Test]
    public async Task An_address_and_a_sign_in_each_have_their_number_of_requests_a_minute()
    {
        await using var shop = await StartAsync(new FakeClock(), ("Shop:RateLimits:RequestsPerMinute", "20"));
        var customer = await shop.CustomerAsync();
        var answers = new List<Answer>();
        for (var i = 0; i < 25; i++)
        {
            answers.Add(await shop.Anonymous().GetAsync("/products", ("Authorization", $"Bearer made-up-{i}")));
        }

        var refused = answers.First(answer => answer.Status == 429).ShouldBeProblem(429, "too_many_requests");
        int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
        refused.Header("RateLimit-Policy").ShouldBe("\"too_many_requests\";q=20;w=60");
        (await customer.GetAsync("/products")).ShouldBe(200);
    }

    [Test]
    public async Task Limits_can_be_switched_off()
    {
        await using var shop = await StartAsync(
            new FakeClock(), ("Shop:RateLimits:RequestsPerMinute", "1"), ("Shop:RateLimits:Enabled", "false"));
        for (var i = 0; i < 12; i++)
        {
            (await SignInAsync(shop, "nobody", "wrong password")).ShouldBe(401);
        }
    }

    private static Task<ShopServer> StartAsync(FakeClock clock, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string> { ["Shop:RateLimits:Enabled"] = "true" };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return ShopServer.StartAsync(all, services => services.AddSingleton<TimeProvider>(clock));
    }

    private static Task<Answer> SignInAsync(ShopServer shop, string login, string password, params (string Name, string Value)[] headers) =>
        shop.Anonymous().PostAsync("/auth/login", new { login, password }, headers);
}
