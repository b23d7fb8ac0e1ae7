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
public sealed record PayOrder : ICommand<PaymentAnswer>, IManagesTransactions
{
    /// <summary>Which order.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The key of this payment: the same key never pays twice, but gets what became of the first.</summary>
    [JsonIgnore]
    public string Key { get; init; } = "";

    /// <summary>Whether the key may have come before.</summary>
    [JsonIgnore]
    public bool MayBeRepeated { get; init; }

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
    : IRequestHandler<PayOrder, Result<PaymentAnswer>>
{
    public async Task<Result<PaymentAnswer>> Handle(PayOrder command, CancellationToken cancellationToken)
    {
        var tries = 0;
        var begun = await unitOfWork.ExecuteAsync(
            () => BeginAsync(command, isRepeated: command.MayBeRepeated || tries++ > 0, cancellationToken), cancellationToken, repeatsSafely: true);
        if (begun.IsFailure)
        {
            return begun.Error;
        }

        var (outcome, isNew) = begun.Value;
        if (isNew && outcome.Payment.Status == PaymentStatus.Pending)
        {
            var charged = await desk.ChargeAsync(outcome.Payment, command.Method!);
            return charged.IsFailure ? charged.Error : await AnswerOfAsync(charged.Value);
        }

        if (outcome.Payment.Status == PaymentStatus.Pending && await queue.TryTakeAsync<Payment>(outcome.Payment.Id, cancellationToken))
        {
            outcome = await desk.FinishAsync(outcome.Payment);
        }

        return await AnswerOfAsync(outcome);
    }

    /// <summary>
    /// A key that comes for the first time is looked up only when this has been tried before: its commit may have been done unheard. That
    /// another payment of the order is under way, the unique index says.
    /// </summary>
    private async Task<Result<Begun>> BeginAsync(PayOrder command, bool isRepeated, CancellationToken cancellationToken)
    {
        if (await orders.FindForUpdateAsync(OrderSpecs.OwnedBy(command.Id, caller.OwnerFilter), cancellationToken) is not { } order)
        {
            return OrderErrors.NotFound;
        }

        if (isRepeated && await payments.FindForUpdateAsync(PaymentSpecs.ByKey(command.Key), cancellationToken) is { } known)
        {
            return new Begun(new PaymentOutcome(known, order.Status), IsNew: false);
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
        return paid.IsFailure ? paid.Error : new Begun(new PaymentOutcome(payment.Value, order.Status), IsNew: true);
    }

    private async Task<Result<Begun>> StoreAsync(Order order, string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (gateways.Current is not { } gateway)
        {
            return PaymentErrors.NotConfigured;
        }

        var payment = Payment.Begin(order.Id, order.Total, gateway.Provider, key, now);
        await payments.AddAsync(payment, cancellationToken);
        order.BeginPayment(now, window.Length);
        return new Begun(new PaymentOutcome(payment, order.Status), IsNew: true);
    }

    /// <summary>Only of a payment that has come to no end somebody else may have recorded one meanwhile, so that is read again.</summary>
    private async Task<Result<PaymentAnswer>> AnswerOfAsync(PaymentOutcome outcome) => (outcome.Payment.Status, outcome.Order) switch
    {
        (PaymentStatus.Declined, _) => PaymentErrors.Declined,
        (PaymentStatus.Failed, _) => PaymentErrors.Failed,
        (PaymentStatus.Voided, OrderStatus.Placed) => PaymentErrors.Failed,
        (PaymentStatus.Voided, _) => PaymentErrors.Voided,
        (PaymentStatus.Captured, OrderStatus.Cancelled) => PaymentErrors.OrderEndedMeanwhile,
        (PaymentStatus.Captured, _) => PaymentAnswer.Of(outcome.Payment),
        _ => (await payments.GetAsync<PaymentAnswer>(PaymentSpecs.ById(outcome.Payment.Id), CancellationToken.None))!,
    };

    private sealed record Begun(PaymentOutcome Outcome, bool IsNew);
}
