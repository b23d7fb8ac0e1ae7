using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Logging.Console;
using Shop.Application.Abstractions;
using Shop.Domain.Users;
using Shop.Infrastructure;
using Shop.WebApi.Endpoints;
using Shop.WebApi.Http;
using Shop.WebApi.Http.Pipeline;
using Shop.WebApi.OpenApi;

namespace Shop.WebApi;

/// <summary>Composes what speaks HTTP.</summary>
internal static class DependencyInjection
{
    public static IServiceCollection AddWebApi(this IServiceCollection services, ShopSettings settings)
    {
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<JsonOptions>(options => ShopJson.Configure(options.SerializerOptions));
        services.AddOptions<ConsoleLoggerOptions>().BindConfiguration("Logging:Console"); // over the slim builder's own word for how lines look
        services.AddAuthorizationBuilder().AddPolicy(EndpointAccess.AdminPolicy, policy => policy.RequireRole(User.AdminRole));
        return services
            .AddHttpContextAccessor()
            .AddScoped<ICurrentUser, CurrentUser>()
            .AddExceptionHandler<FrameworkRefusals>()
            .AddProblemDetails()
            .AddShopPipeline(settings)
            .AddSingleton<XmlDocs>()
            .AddSingleton<InputRules>()
            .AddSingleton<DescribedTypes>()
            .AddOpenApi("v1", ShopDocument.Configure);
    }

    public static void UseShop(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<ShopSettings>();
        app.UseShopRules(settings);
        app.UseRouting();
        app.UseShopAccess(settings);
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.UseSwaggerUI(page => page.SwaggerEndpoint("/openapi/v1.json", "Shop"));
        app.MapShopEndpoints();
        app.UseEndpoints(_ => { });
        _ = app.Services.GetRequiredService<EndpointDataSource>().Endpoints; // made now, not by the first request
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Shop is ready: {string.Join(", ", app.Urls)}"));
    }

    public static void MapShopEndpoints(this IEndpointRouteBuilder routes)
    {
        AuthEndpoints.Map(routes);
        UserEndpoints.Map(routes);
        AddressEndpoints.Map(routes);
        ProductEndpoints.Map(routes);
        CategoryEndpoints.Map(routes);
        ReviewEndpoints.Map(routes);
        FavoriteEndpoints.Map(routes);
        CartEndpoints.Map(routes);
        OrderEndpoints.Map(routes);
        CouponEndpoints.Map(routes);
        PaymentEndpoints.Map(routes);
        PurchaseEndpoints.Map(routes);
        RecommendationEndpoints.Map(routes);
        AnalyticsEndpoints.Map(routes);
        ReportEndpoints.Map(routes);
        BackfillEndpoints.Map(routes);
        OutboxEndpoints.Map(routes);
        WebhookEndpoints.Map(routes);
        AuditLogEndpoints.Map(routes);
        HealthEndpoints.Map(routes);
    }
}
