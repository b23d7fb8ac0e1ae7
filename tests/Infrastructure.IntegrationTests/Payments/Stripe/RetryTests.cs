using System.Net;
using System.Net.Sockets;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.IntegrationTests.Payments.Stripe;

/// <summary>What is tried again, for how long, and what is said when it was in vain.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RetryTests
{
    private const int AllTries = 5;

    private static readonly Fault InUse = new(Failure.Answer, 409, StripeLedger.Error("idempotency_error", "idempotency_key_in_use"));
    private static readonly Fault TooMany = new(Failure.Answer, 429, StripeLedger.Error("invalid_request_error", "rate_limit"));

    [TestCase(409)]
    [TestCase(429)]
    [TestCase(500)]
    [TestCase(502)]
    [TestCase(503)]
    [TestCase(504)]
    public async Task What_passes_is_tried_again_under_the_same_key(int status)
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.Answer, status, "{}"), new Fault(Failure.Answer, status, "not even JSON"));

        (await shop.AuthorizeAsync()).Status.ShouldBe(GatewayStatus.Authorized);

        var requests = shop.Server.Requests.ToList();
        requests.Count.ShouldBe(3);
        requests.Select(request => request.Headers["Idempotency-Key"]).Distinct().ShouldHaveSingleItem();
        requests.Select(request => string.Join('&', request.Form)).Distinct().ShouldHaveSingleItem();
        shop.Clock.Waits.Count.ShouldBe(2);
        shop.Clock.Waits.ShouldAllBe(wait => wait > TimeSpan.Zero && wait <= TimeSpan.FromSeconds(2));
    }

    [TestCase(400)]
    [TestCase(401)]
    [TestCase(403)]
    [TestCase(404)]
    public async Task What_will_not_pass_is_refused_at_once(int status)
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.Answer, status, StripeLedger.Error("invalid_request_error", message: "Invalid API Key provided: sk_test_4eC3")));

        var refusal = await Should.ThrowAsync<PaymentProviderException>(() => shop.AuthorizeAsync());

        refusal.ToString().ShouldNotContain("sk_test");
        shop.Server.Requests.Count.ShouldBe(1);
    }

    [Test]
    public async Task A_limit_that_does_not_pass_is_a_refusal()
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail([.. Enumerable.Repeat(TooMany, AllTries)]);

        await Should.ThrowAsync<PaymentProviderException>(() => shop.AuthorizeAsync());

        shop.Server.Requests.Count.ShouldBe(AllTries);
    }

    [Test]
    public async Task A_key_that_stays_in_use_is_an_unknown_outcome()
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail([.. Enumerable.Repeat(InUse, AllTries)]);

        await Should.ThrowAsync<PaymentOutcomeUnknownException>(() => shop.AuthorizeAsync());
    }

    [TestCase(500)]
    [TestCase(503)]
    public async Task A_fault_of_Stripe_that_does_not_pass_is_an_unknown_outcome(int status)
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail([.. Enumerable.Repeat(new Fault(Failure.AnswerAfter, status, StripeLedger.Error("api_error")), AllTries)]);

        await Should.ThrowAsync<PaymentOutcomeUnknownException>(() => shop.AuthorizeAsync());

        shop.Server.Requests.Count.ShouldBe(AllTries);
        shop.Ledger.Intents.Count.ShouldBe(1);
    }

    [Test]
    public async Task Stripes_wish_to_be_left_alone_is_kept()
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(TooMany with { Headers = [("Retry-After", "3")] });

        await shop.AuthorizeAsync();

        shop.Clock.Waits.ShouldBe([TimeSpan.FromSeconds(3)]);
    }

    [Test]
    public async Task Nobody_waits_longer_than_the_time_that_is_left()
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(TooMany with { Headers = [("Retry-After", "20")] });

        await Should.ThrowAsync<PaymentProviderException>(() => shop.AuthorizeAsync());

        shop.Clock.Waits.ShouldBeEmpty();
        shop.Server.Requests.Count.ShouldBe(1);
    }

    [Test]
    public async Task Stripe_says_when_trying_again_is_in_vain()
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.Answer, 500, "{}", ("Stripe-Should-Retry", "false")));

        await Should.ThrowAsync<PaymentOutcomeUnknownException>(() => shop.AuthorizeAsync());

        shop.Server.Requests.Count.ShouldBe(1);
    }

    [Test]
    public async Task Stripe_says_when_trying_again_helps()
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.Answer, 400, StripeLedger.Error("invalid_request_error"), ("Stripe-Should-Retry", "true")));

        (await shop.AuthorizeAsync()).Status.ShouldBe(GatewayStatus.Authorized);
    }

    [Test]
    public async Task A_charge_that_went_through_before_the_time_was_out_is_heard_at_the_next_try()
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.HangAfter));

        var paying = shop.AuthorizeAsync();
        await shop.Server.HangingAsync();
        shop.Clock.Advance(TimeSpan.FromSeconds(5));

        (await paying).ShouldBe(new GatewayPayment("pi_00000001", GatewayStatus.Authorized, StripeShop.Charge().Amount, default));
        shop.Server.Requests.Count.ShouldBe(2);
        shop.Ledger.Intents.Count.ShouldBe(1);
    }

    [TestCase(nameof(Failure.HangAfter), 1)]
    [TestCase(nameof(Failure.HangBefore), 0)]
    public async Task When_the_time_is_out_only_a_look_up_tells(string fault, int payments)
    {
        await using var shop = await StripeShop.OpenAsync();
        var failure = Enum.Parse<Failure>(fault);
        shop.Server.Fail(new Fault(failure), new Fault(failure));

        var paying = shop.AuthorizeAsync();
        for (var i = 0; i < 2; i++)
        {
            await shop.Server.HangingAsync();
            shop.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        await Should.ThrowAsync<PaymentOutcomeUnknownException>(() => paying);
        shop.Server.Requests.Count.ShouldBe(2);
        shop.Clock.Advance(TimeSpan.FromMinutes(3));
        var found = await shop.FindAsync(null, ago: TimeSpan.FromMinutes(3));
        (found is null ? 0 : 1).ShouldBe(payments);
    }

    [Test]
    public async Task A_refusal_after_a_try_that_may_have_gone_through_is_an_unknown_outcome()
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.DropAfter), new Fault(Failure.Answer, 401, StripeLedger.Error("invalid_request_error")));

        await Should.ThrowAsync<PaymentOutcomeUnknownException>(() => shop.AuthorizeAsync());

        shop.Ledger.Intents.Count.ShouldBe(1);
    }

    [Test]
    public async Task A_decline_after_a_broken_connection_is_a_decline()
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.DropAfter));

        (await shop.AuthorizeAsync("pm_card_visa_chargeDeclined")).DeclineReason.ShouldBe("generic_decline");
    }

    [Test]
    public async Task Broken_connections_are_tried_again_and_then_an_unknown_outcome()
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail([.. Enumerable.Repeat(new Fault(Failure.DropAfter), AllTries)]);

        await Should.ThrowAsync<PaymentOutcomeUnknownException>(() => shop.AuthorizeAsync());

        shop.Server.Requests.Count.ShouldBe(AllTries);
        shop.Ledger.Intents.Count.ShouldBe(1);
    }

    [Test]
    public async Task Where_nobody_listens_nothing_was_asked_for()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)closed.LocalEndpoint).Port}";
        closed.Stop();
        await using var shop = await StripeShop.OpenAsync(address: address);

        await Should.ThrowAsync<PaymentProviderException>(() => shop.AuthorizeAsync());

        shop.Clock.Waits.Count.ShouldBe(AllTries - 1);
    }

    [Test]
    public async Task Who_gives_up_waiting_gets_a_cancellation()
    {
        await using var shop = await StripeShop.OpenAsync();
        using var caller = new CancellationTokenSource();
        shop.Server.Fail(new Fault(Failure.HangAfter));

        var paying = shop.Gateway.AuthorizeAsync(StripeShop.Charge(), caller.Token);
        await shop.Server.HangingAsync();
        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => paying);
        shop.Server.Requests.Count.ShouldBe(1);
    }

    [Test]
    public async Task Nothing_leads_elsewhere()
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.Answer, 307, "", ("Location", "/v1/payment_intents")));

        await Should.ThrowAsync<PaymentOutcomeUnknownException>(() => shop.AuthorizeAsync());

        shop.Server.Requests.Count.ShouldBe(1);
    }

    [Test]
    public async Task An_endless_answer_is_not_read_to_its_end()
    {
        await using var shop = await StripeShop.OpenAsync();
        var endless = new string(' ', 4 * 1024 * 1024) + "{}";
        shop.Server.Fail([.. Enumerable.Repeat(new Fault(Failure.AnswerAfter, 200, endless), AllTries)]);

        var unknown = await Should.ThrowAsync<PaymentOutcomeUnknownException>(() => shop.AuthorizeAsync());

        unknown.InnerException.ShouldBeOfType<HttpRequestException>().HttpRequestError.ShouldBe(HttpRequestError.ConfigurationLimitExceeded);
    }

    [Test]
    public async Task Cookies_are_not_kept()
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.Answer, 503, "{}", ("Set-Cookie", "a=b; Path=/")));

        await shop.AuthorizeAsync();

        shop.Server.Requests.Last().Headers.Keys.ShouldNotContain("Cookie");
    }

    [Test]
    public async Task Logs_say_which_call_and_how_it_ended_and_no_more()
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.Answer, 503, "{}"), new Fault(Failure.DropAfter));

        await shop.AuthorizeAsync();

        shop.Log.Lines.Count.ShouldBe(3);
        shop.Log.Lines[0].ShouldStartWith("Warning Stripe: POST v1/payment_intents answered 503, request req_1, after ");
        shop.Log.Lines[1].ShouldStartWith("Warning Stripe: POST v1/payment_intents broke off with HttpRequestException after ");
        shop.Log.Lines[2].ShouldStartWith("Information Stripe: POST v1/payment_intents answered 200, request req_3, after ");
        foreach (var secret in new[] { StripeLedger.SecretKey, "sk_test", "pm_card_visa", "pay-7-1", "client_secret", "1999" })
            string.Join('\n', shop.Log.Lines).ShouldNotContain(secret);
    }
}
