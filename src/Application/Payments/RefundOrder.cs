using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Payments;

namespace Shop.Application.Payments;

/// <summary>Gives money of a paid order back, in part or all that is left. When all is back, the order is refunded.</summary>
/// <remarks>It manages its transactions for the reason that <see cref="PayOrder"/> has: the provider is asked between two.</remarks>
[Access(Who.Admin)]
public sealed record RefundOrder : ICommand<long>, IManagesTransactions
{
    /// <summary>Which order.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The key of this refund: the same key never gives back twice.</summary>
    [JsonIgnore]
    public string Key { get; init; } = "";

    /// <summary>How much, above zero; all that is left unless said.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Why; required, up to 500 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the stock that the order still holds, all of it, is for sale again; false unless said.</summary>
    public bool? Restock { get; init; }
}

internal sealed class RefundOrderRules : AbstractValidator<RefundOrder>
{
    public RefundOrderRules()
    {
        RuleFor(command => command.Amount).Money().NotEqual(0).WithMessage("Give an amount above zero, or none for all that is left.");
        RuleFor(command => command.Reason).RequiredText(Refund.MaxReasonLength);
    }
}

internal sealed class RefundOrderHandler(
    IUnitOfWork unitOfWork,
    IRepository<Order> orders,
    IRepository<Payment> payments,
    IRepository<Refund> refunds,
    IPaymentQueue queue,
    RefundDesk desk,
    ICurrentUser caller,
    TimeProvider clock)
    : IRequestHandler<RefundOrder, Result<long>>
{
    public async Task<Result<long>> Handle(RefundOrder command, CancellationToken cancellationToken)
    {
        var begun = await unitOfWork.ExecuteAsync(() => BeginAsync(command, cancellationToken), cancellationToken, repeatsSafely: true);
        if (begun.IsFailure)
        {
            return begun.Error;
        }

        var (refund, isNew) = begun.Value;
        if (refund.Status == RefundStatus.Pending && (isNew || await queue.TryTakeAsync<Refund>(refund.Id, cancellationToken)))
        {
            var given = await desk.GiveBackAsync(refund, owed: !isNew);
            if (given.IsFailure)
            {
                return given.Error;
            }

            refund = given.Value;
        }

        return refund.Status == RefundStatus.Failed ? PaymentErrors.RefundFailed : refund.Id;
    }

    private async Task<Result<Begun>> BeginAsync(RefundOrder command, CancellationToken cancellationToken)
    {
        if (await orders.FindForUpdateAsync(OrderSpecs.OwnedBy(command.Id, caller.OwnerFilter), cancellationToken) is not { } order)
        {
            return OrderErrors.NotFound;
        }

        if (await refunds.FindForUpdateAsync(PaymentSpecs.RefundByKey(command.Key), cancellationToken) is { } known)
        {
            return new Begun(known, IsNew: false);
        }

        if (await payments.FindForUpdateAsync(PaymentSpecs.Live(order.Id), cancellationToken) is not { } payment)
        {
            return PaymentErrors.NothingToRefund;
        }

        var now = clock.GetUtcNow();
        var details = new RefundDetails(command.Amount is { } amount ? Money.From(amount) : payment.Left, command.Reason!, command.Restock == true);
        if (payment.SetAside(details.Amount, now) is { IsFailure: true } refused)
        {
            return refused.Error;
        }

        var refund = Refund.Begin(payment, details, command.Key, dueAt: now + IDueWork.Lease, now);
        await refunds.AddAsync(refund, cancellationToken);
        return new Begun(refund, IsNew: true);
    }

    private sealed record Begun(Refund Refund, bool IsNew);
}
