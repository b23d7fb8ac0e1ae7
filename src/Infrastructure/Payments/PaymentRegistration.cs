using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Infrastructure.Jobs;
using Shop.Infrastructure.Payments.Sandbox;
using Shop.Infrastructure.Payments.Stripe;

namespace Shop.Infrastructure.Payments;

internal static class PaymentRegistration
{
    public static IServiceCollection AddPayments(this IServiceCollection services, ShopSettings settings)
    {
        services
            .AddSingleton<IPaymentGateways, PaymentGateways>()
            .AddScoped<IPaymentQueue, PaymentQueue>()
            .AddSingleton<PaymentSweep>()
            .AddLateWorker<PaymentSweeper>()
            .AddSingleton<IFaultPoints>(new Faults(settings.CrashAt));
        return settings.PaymentProvider switch
        {
            PaymentProvider.Sandbox => services.AddSingleton<SandboxWebhooks>().AddSingleton<IPaymentGateway, SandboxGateway>(),
            PaymentProvider.Stripe => services.AddStripe(settings.Stripe!),
            _ => services,
        };
    }
}
