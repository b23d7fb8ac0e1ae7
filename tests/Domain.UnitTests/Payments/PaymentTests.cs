using Shop.Domain.Common;
using Shop.Domain.Payments;

namespace Shop.Domain.UnitTests.Payments;

public sealed class PaymentTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);

    [Test]
    public void Begun_it_is_pending_and_leased() =>
        Begun().ShouldSatisfyAllConditions(
            payment => payment.Status.ShouldBe(PaymentStatus.Pending),
            payment => payment.DueAt.ShouldBe(Now + IDueWork.Lease),
            payment => payment.Left.ShouldBe(Money.Zero));

    [Test]
    public void It_ends_once()
    {
        Action<Payment>[] ends =
            [payment => payment.Capture("r", Now), payment => payment.Decline("r", null, Now), payment => payment.Void("r", Now), payment => payment.Fail(watched: false, Now)];
        foreach (var first in ends)
        {
            foreach (var second in ends)
            {
                var payment = Begun();
                first(payment);

                payment.Status.ShouldNotBe(PaymentStatus.Pending);
                payment.DueAt.ShouldBeNull();
                Should.Throw<InvalidOperationException>(() => second(payment));
            }
        }
    }

    [Test]
    public void Watched_it_stays_due_after_it_failed()
    {
        var payment = Begun();

        payment.Fail(watched: true, Now.AddMinutes(1));

        payment.Status.ShouldBe(PaymentStatus.Failed);
        payment.DueAt.ShouldBe(Now.AddMinutes(1) + IDueWork.Lease);
    }

    [Test]
    public void What_was_taken_after_it_ended_is_owed_back_and_only_then()
    {
        var (pending, captured, failed) = (Begun(), Begun(), Begun());
        captured.Capture("r", Now);
        failed.Fail(watched: false, Now);

        failed.OweBack("late", Now);

        (failed.Status, failed.ProviderReference, failed.DueAt).ShouldBe((PaymentStatus.Failed, "late", Now + IDueWork.Lease));
        Should.Throw<InvalidOperationException>(() => pending.OweBack("r", Now));
        Should.Throw<InvalidOperationException>(() => captured.OweBack("r", Now));
    }

    [Test]
    public void No_more_can_be_set_aside_than_is_left()
    {
        var payment = Begun();
        payment.SetAside(Money.From(1), Now).Error!.Code.ShouldBe("nothing_to_refund");
        payment.Capture("r", Now);

        payment.SetAside(Money.From(6), Now).IsFailure.ShouldBeFalse();
        payment.SetAside(Money.From(4.01m), Now).Error!.Code.ShouldBe("refund_too_large");
        payment.SetAside(Money.From(4), Now).IsFailure.ShouldBeFalse();
        payment.SetAside(Money.From(0.01m), Now).Error!.Code.ShouldBe("nothing_to_refund");
        payment.Keep(Money.From(4), Now);
        payment.Left.ShouldBe(Money.From(4));
    }

    [Test]
    public void A_payment_of_nothing_has_nothing_to_give_back()
    {
        var payment = Payment.Received(1, Money.Zero, PaymentProviders.None, "k", Now);

        payment.Status.ShouldBe(PaymentStatus.Captured);
        payment.SetAside(Money.Zero, Now).Error!.Code.ShouldBe("nothing_to_refund");
    }

    private static Payment Begun() => Payment.Begin(1, Money.From(10), "sandbox", "k", Now);
}
