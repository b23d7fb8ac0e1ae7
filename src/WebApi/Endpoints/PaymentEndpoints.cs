using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Application.Payments;
using Shop.Domain.Payments;
using Shop.WebApi.Http;
using Shop.WebApi.Http.Idempotency;
using Shop.WebApi.OpenApi;

namespace Shop.WebApi.Endpoints;

internal static class PaymentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var payments = routes.MapGroup("/orders/{id:long}/payments").WithTags("Payments");
        payments.MapGet("/", ListPayments).Sends<ListPayments>();
        payments.MapPost("/", PayOrder).Sends<PayOrder>().IdempotentByLease()
            .Refuses(StatusCodes.Status402PaymentRequired, StatusCodes.Status503ServiceUnavailable);
        payments.MapGet("/{payment_id:long}", GetPayment).Sends<GetPayment>();

        var refunds = routes.MapGroup("/orders/{id:long}/refunds").WithTags("Payments");
        refunds.MapGet("/", ListRefunds).Sends<ListRefunds>();
        refunds.MapPost("/", RefundOrder).Sends<RefundOrder>().IdempotentByLease().Refuses(StatusCodes.Status503ServiceUnavailable);
        refunds.MapGet("/{refund_id:long}", GetRefund).Sends<GetRefund>();

        routes.MapPost("/payments/webhooks/{provider}", ReceivePaymentEvent).WithTags("Payments").Sends<ReceivePaymentEvent>()
            .Refuses(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<PageOf<PaymentAnswer>, Problem>> ListPayments(
        long id, [AsParameters] PageQuery page, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new ListPayments(id, page.ToRequest()), cancellationToken)).ToPage();

    private static async Task<Results<Made<PaymentAnswer>, Underway<PaymentAnswer>, Problem>> PayOrder(
        long id, PayOrder command, HttpContext http, IMediator sender, CancellationToken cancellationToken)
    {
        var lease = KeyLease.Of(http);
        var paid = await sender.Send(command with { Id = id, Key = lease.Claim, MayBeRepeated = lease.IsRepeat }, cancellationToken);
        if (paid.IsFailure)
        {
            return new Problem(paid.Error);
        }

        // Only what is captured is made: of a payment that somebody else ended since the command answered, the key tells the outcome.
        var location = $"/orders/{id}/payments/{paid.Value.Id}";
        return paid.Value.Status == PaymentStatus.Captured ? new Made<PaymentAnswer>(location, paid.Value) : new Underway<PaymentAnswer>(location, paid.Value);
    }

    private static async Task<Results<Found<PaymentAnswer>, Problem>> GetPayment(
        long id, [FromRoute(Name = "payment_id")] long paymentId, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetPayment(id, paymentId), cancellationToken)).ToFound();

    private static async Task<Results<PageOf<RefundAnswer>, Problem>> ListRefunds(
        long id, [AsParameters] PageQuery page, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new ListRefunds(id, page.ToRequest()), cancellationToken)).ToPage();

    private static async Task<Results<Made<RefundAnswer>, Problem>> RefundOrder(
        long id, RefundOrder command, HttpContext http, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id, Key = KeyLease.Of(http).Claim }, cancellationToken)
            .ThenAsync(refundId => sender.Send(new GetRefund(id, refundId), CancellationToken.None)))
        .ToMade(refund => $"/orders/{id}/refunds/{refund.Id}");

    private static async Task<Results<Found<RefundAnswer>, Problem>> GetRefund(
        long id, [FromRoute(Name = "refund_id")] long refundId, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetRefund(id, refundId), cancellationToken)).ToFound();

    /// <summary>The body is read as it is: the signature is over its bytes.</summary>
    private static async Task<Results<Ok, Problem>> ReceivePaymentEvent(
        string provider, HttpRequest request, IMediator sender, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var received = await sender.Send(
            new ReceivePaymentEvent(provider, body.ToArray(), name => request.Headers[name] is [{ } value] ? value : null), cancellationToken);
        return received.IsFailure ? new Problem(received.Error) : TypedResults.Ok();
    }
}
