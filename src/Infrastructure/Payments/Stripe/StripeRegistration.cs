using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Payments.Stripe;

/// <summary>Composes the Stripe gateway.</summary>
internal static class StripeRegistration
{
    /// <summary>The API version whose shapes are read here: <see href="https://docs.stripe.com/upgrades"/>.</summary>
    public const string ApiVersion = "2024-06-20";

    /// <summary>A page of 100 payments is some 300 KB.</summary>
    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    /// <summary>Adds Stripe as the shop's payment gateway.</summary>
    /// <param name="services">Where to; a <see cref="TimeProvider"/> has to be there too.</param>
    /// <param name="settings">How Stripe is reached.</param>
    public static IServiceCollection AddStripe(this IServiceCollection services, StripeSettings settings)
    {
        services.AddSingleton(settings);
        services
            .AddHttpClient<StripeApi>(http =>
            {
                http.BaseAddress = settings.BaseUrl;
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings.SecretKey);
                http.DefaultRequestHeaders.Add("Stripe-Version", ApiVersion);
                http.DefaultRequestHeaders.UserAgent.ParseAdd("Shop");
                http.MaxResponseContentBufferSize = MaxAnswerBytes;
                http.Timeout = Timeout.InfiniteTimeSpan;
            })
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.ConnectTimeout = TimeSpan.FromSeconds(5);
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
            })
            // The gateway lives as long as the shop; new addresses are seen by the connections' lifetime.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services.AddSingleton<IPaymentGateway, StripeGateway>();
    }
}
