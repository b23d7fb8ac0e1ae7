using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Application.Abstractions;
using Shop.Domain.Payments;

namespace Shop.Infrastructure.Payments;

/// <summary>Works once on all that is due: payments and refunds that a crash or a silent provider left open, and providers' events.</summary>
internal sealed partial class PaymentSweep(IServiceScopeFactory scopes, ILogger<PaymentSweep> log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await RunAsync<Payment>(cancellationToken);
        await RunAsync<Refund>(cancellationToken);
        await RunAsync<PaymentEvent>(cancellationToken);
    }

    private async Task RunAsync<T>(CancellationToken cancellationToken)
        where T : class, IDueWork
    {
        await using var scope = scopes.CreateAsyncScope();
        foreach (var id in await scope.ServiceProvider.GetRequiredService<IPaymentQueue>().DueAsync<T>(cancellationToken))
        {
            await WorkAsync<T>(id, cancellationToken);
        }
    }

    /// <summary>One piece that fails leaves the others be; it comes up again when its lease is over.</summary>
    private async Task WorkAsync<T>(long id, CancellationToken cancellationToken)
        where T : class, IDueWork
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            if (await scope.ServiceProvider.GetRequiredService<IPaymentQueue>().TryTakeAsync<T>(id, cancellationToken))
            {
                await scope.ServiceProvider.GetRequiredService<IPaymentWork<T>>().WorkAsync(id, cancellationToken);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(log, exception, typeof(T).Name, id);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} {Id} could not be worked on; it is tried again")]
    private static partial void Failed(ILogger log, Exception exception, string kind, long id);
}
