using System.Globalization;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Payments;

namespace Shop.Application.Payments;

/// <summary>Takes in what a payment provider says of its own accord. It is stored, once, and followed up later; the signature says whether it is the provider.</summary>
/// <param name="Provider">Who says it.</param>
/// <param name="Body">The raw body.</param>
/// <param name="Header">Gives a request header's value, or null.</param>
[Access(Who.Anyone)]
public sealed record ReceivePaymentEvent(string Provider, ReadOnlyMemory<byte> Body, Func<string, string?> Header) : ICommand;

internal sealed class ReceivePaymentEventHandler(IRepository<PaymentEvent> events, IPaymentGateways gateways, ILocks locks, TimeProvider clock)
    : IRequestHandler<ReceivePaymentEvent, Result>
{
    public async Task<Result> Handle(ReceivePaymentEvent command, CancellationToken cancellationToken)
    {
        if (gateways.Find(command.Provider) is not { } gateway)
        {
            return PaymentErrors.UnknownProvider;
        }

        var read = gateway.ReadWebhook(command.Body, command.Header);
        if (read.IsFailure)
        {
            return read.Error;
        }

        var said = read.Value;
        await locks.TakeAsync(string.Create(CultureInfo.InvariantCulture, $"payment_event:{gateway.Provider}:{said.Id}"), cancellationToken);
        if (!await events.AnyAsync(PaymentSpecs.Event(gateway.Provider, said.Id), cancellationToken))
        {
            await events.AddAsync(PaymentEvent.Receive(gateway.Provider, said.Id, said.Type, said.Reference, said.Key, clock.GetUtcNow()), cancellationToken);
        }

        return Result.Ok;
    }
}
