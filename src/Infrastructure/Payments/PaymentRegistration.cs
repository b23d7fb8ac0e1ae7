using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Application.Payments;
using Shop.Infrastructure.Payments.Sandbox;

namespace Shop.Infrastructure.Payments;

internal static class PaymentRegistration
{
    public static IServiceCollection AddPayments(this IServiceCollection services, ShopSettings settings)
    {
        services
            .AddSingleton(new PaymentWindow(settings.PaymentWindow))
            .AddSingleton<IPaymentGateways, PaymentGateways>()
            .AddScoped<IPaymentQueue, PaymentQueue>()
            .AddSingleton<PaymentSweep>()
            .AddHostedService<PaymentSweeper>()
            .AddSingleton<IFaultPoints>(new Faults(settings.CrashAt));
        return settings.PaymentProvider == PaymentProvider.Sandbox
            ? services.AddSingleton<SandboxWebhooks>().AddSingleton<IPaymentGateway, SandboxGateway>()
            : services;
    }
}
