using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Payments;

namespace Shop.Application.Payments;

/// <summary>What follows for the money when a locked order moves. It asks no provider: refunds are written down here and asked for afterwards.</summary>
internal sealed class OrderMoney(IRepository<Payment> payments, IRepository<Refund> refunds, TimeProvider clock)
{
    /// <summary>Writes down money that an admin saw come in another way.</summary>
    public Task<Result<Payment>> ReceiveByHandAsync(Order order, CancellationToken cancellationToken) =>
        ReceiveAsync(order, PaymentProviders.Manual, NewKey(), cancellationToken);

    /// <summary>Writes down a payment that needs nobody to be asked.</summary>
    /// <returns>Refused while another payment of the order is under way.</returns>
    public async Task<Result<Payment>> ReceiveAsync(Order order, string provider, string key, CancellationToken cancellationToken)
    {
        if (await payments.AnyAsync(PaymentSpecs.Live(order.Id), cancellationToken))
        {
            return PaymentErrors.InProgress;
        }

        var payment = Payment.Received(order.Id, order.Total, provider, key, clock.GetUtcNow());
        await payments.AddAsync(payment, cancellationToken);
        return payment;
    }

    /// <summary>Owes the buyer what is left of an order that was paid: a refund that is due at once.</summary>
    public async Task OweAsync(Order order, OrderStatus from, string reason, CancellationToken cancellationToken)
    {
        if (from.IsPurchase()
            && order.Origin == OrderOrigin.Shop
            && await payments.FindForUpdateAsync(PaymentSpecs.Live(order.Id), cancellationToken) is { } payment)
        {
            await OweAsync(payment, reason, cancellationToken);
        }
    }

    /// <summary>Owes the buyer what is left of a locked payment.</summary>
    public async Task OweAsync(Payment payment, string reason, CancellationToken cancellationToken)
    {
        if (payment.Left > Money.Zero)
        {
            var now = clock.GetUtcNow();
            var details = new RefundDetails(payment.Left, reason, Restock: false);
            payment.SetAside(payment.Left, now);
            await refunds.AddAsync(Refund.Begin(payment, details, NewKey(), dueAt: now, now), cancellationToken);
        }
    }

    /// <summary>A key that nothing else has.</summary>
    public static string NewKey() => Guid.NewGuid().ToString("N");
}
