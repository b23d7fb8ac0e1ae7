using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Orders;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Payments;

namespace Shop.Application.Payments;

/// <summary>Pays a placed order, in full.</summary>
/// <remarks>
/// It manages its transactions: a payment is stored in one before the provider is asked, outside any, and the outcome is recorded in
/// another; a transaction that waits for a provider would hold the order and, undone, forget a charge that was made.
/// </remarks>
[Access(Who.SignedIn)]
public sealed record PayOrder : ICommand<long>, IManagesTransactions
{
    /// <summary>Which order.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The key of this payment: the same key never pays twice, but gets what became of the first.</summary>
    [JsonIgnore]
    public string Key { get; init; } = "";

    /// <summary>
    /// The token of a payment method, as the provider gave it to the buyer's page; never card data. Required. The provider <c>sandbox</c> knows
    /// <c>sandbox_ok</c>, <c>sandbox_declined</c>, <c>sandbox_slow</c>, <c>sandbox_timeout_charged</c> and <c>sandbox_timeout_not_charged</c>, and declines all others.
    /// </summary>
    public string? Method { get; init; }
}

internal sealed class PayOrderRules : AbstractValidator<PayOrder>
{
    private const int MaxMethodLength = 255;

    public PayOrderRules() => RuleFor(command => command.Method).RequiredText(MaxMethodLength);
}

internal sealed class PayOrderHandler(
    IUnitOfWork unitOfWork,
    IRepository<Order> orders,
    IRepository<Payment> payments,
    IPaymentQueue queue,
    IPaymentGateways gateways,
    PaymentDesk desk,
    OrderMoney money,
    OrderMoves moves,
    PaymentWindow window,
    ICurrentUser caller,
    TimeProvider clock)
    : IRequestHandler<PayOrder, Result<long>>
{
    public async Task<Result<long>> Handle(PayOrder command, CancellationToken cancellationToken)
    {
        var begun = await unitOfWork.ExecuteAsync(() => BeginAsync(command, cancellationToken), cancellationToken, repeatsSafely: true);
        if (begun.IsFailure)
        {
            return begun.Error;
        }

        var (payment, isNew) = begun.Value;
        if (isNew && payment.Status == PaymentStatus.Pending)
        {
            var charged = await desk.ChargeAsync(payment, command.Method!);
            return charged.IsFailure ? charged.Error : await OutcomeOfAsync(charged.Value);
        }

        if (payment.Status == PaymentStatus.Pending && await queue.TryTakeAsync<Payment>(payment.Id, cancellationToken))
        {
            payment = await desk.FinishAsync(payment);
        }

        return await OutcomeOfAsync(payment);
    }

    private async Task<Result<Begun>> BeginAsync(PayOrder command, CancellationToken cancellationToken)
    {
        if (await orders.FindForUpdateAsync(OrderSpecs.OwnedBy(command.Id, caller.OwnerFilter), cancellationToken) is not { } order)
        {
            return OrderErrors.NotFound;
        }

        if (await payments.FindForUpdateAsync(PaymentSpecs.ByKey(command.Key), cancellationToken) is { } known)
        {
            return new Begun(known, IsNew: false);
        }

        var now = clock.GetUtcNow();
        if (order.CheckPayable(now, window.Length) is { IsFailure: true } notPayable)
        {
            return notPayable.Error;
        }

        return order.Total == Money.Zero
            ? await PayNothingAsync(order, command.Key, cancellationToken)
            : await StoreAsync(order, command.Key, now, cancellationToken);
    }

    /// <summary>Nobody is asked for nothing.</summary>
    private async Task<Result<Begun>> PayNothingAsync(Order order, string key, CancellationToken cancellationToken)
    {
        var payment = await money.ReceiveAsync(order, PaymentProviders.None, key, cancellationToken);
        if (payment.IsFailure)
        {
            return payment.Error;
        }

        var paid = await moves.PaidAsync(order, cancellationToken);
        return paid.IsFailure ? paid.Error : new Begun(payment.Value, IsNew: true);
    }

    private async Task<Result<Begun>> StoreAsync(Order order, string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await payments.AnyAsync(PaymentSpecs.Live(order.Id), cancellationToken))
        {
            return PaymentErrors.InProgress;
        }

        if (gateways.Current is not { } gateway)
        {
            return PaymentErrors.NotConfigured;
        }

        var payment = Payment.Begin(order.Id, order.Total, gateway.Provider, key, now);
        await payments.AddAsync(payment, cancellationToken);
        order.BeginPayment(now, window.Length);
        return new Begun(payment, IsNew: true);
    }

    private async Task<Result<long>> OutcomeOfAsync(Payment payment) => payment.Status switch
    {
        PaymentStatus.Declined => PaymentErrors.Declined,
        PaymentStatus.Failed => PaymentErrors.Failed,
        PaymentStatus.Voided => await orders.AnyAsync(OrderSpecs.AwaitingPayment(payment.OrderId), CancellationToken.None) ? PaymentErrors.Failed : PaymentErrors.Voided,
        PaymentStatus.Captured when await orders.AnyAsync(OrderSpecs.Cancelled(payment.OrderId), CancellationToken.None) => PaymentErrors.OrderEndedMeanwhile,
        _ => payment.Id,
    };

    private sealed record Begun(Payment Payment, bool IsNew);
}
