using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Payments;

namespace Shop.Application.Payments;

/// <summary>One payment: of one's own order, or of anybody's for an admin.</summary>
/// <param name="OrderId">Which order.</param>
/// <param name="PaymentId">The payment's id.</param>
[Access(Who.SignedIn)]
public sealed record GetPayment(long OrderId, long PaymentId) : IQuery<PaymentAnswer>;

internal sealed class GetPaymentHandler(IRepository<Payment> payments, ICurrentUser caller) : IRequestHandler<GetPayment, Result<PaymentAnswer>>
{
    public async Task<Result<PaymentAnswer>> Handle(GetPayment query, CancellationToken cancellationToken) =>
        await payments.GetAsync<PaymentAnswer>(PaymentSpecs.OfOrder(query.PaymentId, query.OrderId, caller.OwnerFilter), cancellationToken) is { } payment
            ? payment
            : PaymentErrors.NotFound;
}
