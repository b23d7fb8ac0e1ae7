using Microsoft.AspNetCore.Http.Json;
using Microsoft.OpenApi;
using Shop.Application.Abstractions;
using Shop.Domain.Users;
using Shop.WebApi.Endpoints;
using Shop.WebApi.Http;

namespace Shop.WebApi;

/// <summary>Composes what speaks HTTP.</summary>
internal static class DependencyInjection
{
    public static IServiceCollection AddWebApi(this IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<JsonOptions>(options => ShopJson.Configure(options.SerializerOptions));
        services.AddAuthorizationBuilder().AddPolicy(EndpointAccess.AdminPolicy, policy => policy.RequireRole(User.AdminRole));
        return services
            .AddHttpContextAccessor()
            .AddScoped<ICurrentUser, CurrentUser>()
            .AddExceptionHandler<FrameworkRefusals>()
            .AddProblemDetails()
            .AddOpenApi("v1", options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0);
    }

    public static void UseShop(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(FrameworkRefusals.WriteBodyAsync);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<CanonicalJsonBody>();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.UseSwaggerUI(page => page.SwaggerEndpoint("/openapi/v1.json", "Shop"));
        app.MapShopEndpoints();
    }

    public static void MapShopEndpoints(this IEndpointRouteBuilder routes)
    {
        AuthEndpoints.Map(routes);
        UserEndpoints.Map(routes);
        ProductEndpoints.Map(routes);
        BackfillEndpoints.Map(routes);
    }
}
