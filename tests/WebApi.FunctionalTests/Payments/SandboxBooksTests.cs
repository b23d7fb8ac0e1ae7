using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Payments;

/// <summary>What the sandbox promises as every provider does, asked of itself: HTTP never calls it twice at one moment for one payment.</summary>
public sealed class SandboxBooksTests : ShopTest
{
    private const int AtOnce = 8;

    private static long _order = 1_000_000;

    private IPaymentGateway Sandbox => Shop.Services.GetRequiredService<IPaymentGateway>();

    [Test]
    public async Task Asked_at_once_under_one_key_it_makes_one_payment()
    {
        var charge = Charge(10m);

        var payments = await AllAsync(() => Sandbox.AuthorizeAsync(charge, default));

        payments.Distinct().ShouldHaveSingleItem().Status.ShouldBe(GatewayStatus.Authorized);
        (await Sandbox.FindAsync(new GatewayQuery(charge.Key, null, default), default)).ShouldBe(payments[0]);
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM sandbox_payments WHERE order_id = {charge.OrderId}")).ShouldBe(1);
    }

    [Test]
    public async Task The_same_key_gets_the_first_answer_whatever_else_is_asked()
    {
        var charge = Charge(10m);
        var first = await Sandbox.AuthorizeAsync(charge, default);

        (await Sandbox.AuthorizeAsync(charge with { Method = "sandbox_declined", Amount = Money.From(99m) }, default)).ShouldBe(first);
    }

    [Test]
    public async Task Captured_at_once_under_one_key_it_takes_the_money_once()
    {
        var (charge, payment) = await ReserveAsync(10m);

        var captured = await AllAsync(() => Sandbox.CaptureAsync(payment.Reference!, charge.Key + "-capture", default));

        captured.Distinct().ShouldHaveSingleItem().ShouldBe(payment with { Status = GatewayStatus.Captured });
        (await Shop.ChargesAsync(charge.OrderId)).ShouldBe(1);
        (await Shop.LedgerAsync(charge.OrderId)).ShouldBe(10m);
    }

    [Test]
    public async Task Captured_and_let_go_at_once_one_of_both_happens()
    {
        for (var round = 0; round < Rounds.Of(5); round++)
        {
            var (charge, payment) = await ReserveAsync(10m);

            var outcomes = await Task.WhenAll(
                Outcome(() => Sandbox.CaptureAsync(payment.Reference!, charge.Key + "-capture", default)),
                Outcome(() => Sandbox.VoidAsync(payment.Reference!, charge.Key + "-void", default)));

            outcomes.Count(done => done).ShouldBe(1);
            var status = (await Sandbox.FindAsync(new GatewayQuery(charge.Key, null, default), default))!.Status;
            status.ShouldBe(outcomes[0] ? GatewayStatus.Captured : GatewayStatus.Voided);
            (await Shop.LedgerAsync(charge.OrderId)).ShouldBe(outcomes[0] ? 10m : 0m);
        }
    }

    [Test]
    public async Task Given_back_at_once_under_one_key_it_goes_back_once()
    {
        for (var round = 0; round < Rounds.Of(3); round++)
        {
            var (charge, payment) = await TakeAsync(10m);

            var refunds = await AllAsync(() => Sandbox.RefundAsync(payment.Reference!, Money.From(3m), charge.Key + "-refund", default));

            refunds.ShouldAllBe(refund => refund.Status == GatewayRefundStatus.Done && refund.Amount == Money.From(3m));
            (await Shop.LedgerAsync(charge.OrderId)).ShouldBe(7m);
            (await Sandbox.FindAsync(new GatewayQuery(charge.Key, null, default), default))!.Refunded.ShouldBe(Money.From(3m));
            (await Sandbox.FindRefundAsync(payment.Reference!, charge.Key + "-refund", default))!.Amount.ShouldBe(Money.From(3m));
        }
    }

    [Test]
    public async Task Given_back_at_once_under_many_keys_no_more_goes_back_than_was_taken()
    {
        var (charge, payment) = await TakeAsync(10m);
        var number = 0;

        var outcomes = await AllAsync(() =>
        {
            var key = $"{charge.Key}-refund-{Interlocked.Increment(ref number)}";
            return Outcome(() => Sandbox.RefundAsync(payment.Reference!, Money.From(3m), key, default));
        });

        outcomes.Count(done => done).ShouldBe(3);
        (await Shop.LedgerAsync(charge.OrderId)).ShouldBe(1m);
    }

    [Test]
    public async Task What_was_never_reserved_or_is_gone_is_refused()
    {
        var (charge, payment) = await ReserveAsync(10m);
        await Sandbox.VoidAsync(payment.Reference!, charge.Key + "-void", default);

        (await Outcome(() => Sandbox.CaptureAsync(payment.Reference!, charge.Key + "-capture", default))).ShouldBeFalse();
        (await Outcome(() => Sandbox.RefundAsync(payment.Reference!, Money.From(1m), charge.Key + "-refund", default))).ShouldBeFalse();
        (await Outcome(() => Sandbox.CaptureAsync("sandbox_nobody", charge.Key + "-other", default))).ShouldBeFalse();
        (await Sandbox.FindRefundAsync(payment.Reference!, charge.Key + "-refund", default)).ShouldBeNull();
        (await Shop.LedgerAsync(charge.OrderId)).ShouldBe(0m);
    }

    /// <summary>No order of this id is there: the sandbox's books know nothing of the shop's.</summary>
    private static GatewayCharge Charge(decimal amount) =>
        new(Paying.NewKey(), 1, Interlocked.Increment(ref _order), Money.From(amount), "EUR", "sandbox_ok");

    private async Task<(GatewayCharge Charge, GatewayPayment Payment)> ReserveAsync(decimal amount)
    {
        var charge = Charge(amount);
        return (charge, await Sandbox.AuthorizeAsync(charge, default));
    }

    private async Task<(GatewayCharge Charge, GatewayPayment Payment)> TakeAsync(decimal amount)
    {
        var (charge, reserved) = await ReserveAsync(amount);
        return (charge, await Sandbox.CaptureAsync(reserved.Reference!, charge.Key + "-capture", default));
    }

    private static async Task<bool> Outcome<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (PaymentProviderException)
        {
            return false;
        }
    }

    private static Task<T[]> AllAsync<T>(Func<Task<T>> call) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(call)));
}
