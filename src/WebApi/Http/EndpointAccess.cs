using System.Reflection;
using Microsoft.Net.Http.Headers;
using Shop.Application.Common;
using Shop.Domain.Users;

namespace Shop.WebApi.Http;

/// <summary>Gives a route the access that its request declares, so that both can't differ.</summary>
internal static class EndpointAccess
{
    public const string AdminPolicy = "admin";

    public static RouteHandlerBuilder Sends<TRequest>(this RouteHandlerBuilder route)
    {
        var who = typeof(TRequest).GetCustomAttribute<AccessAttribute>()?.Who
            ?? throw new InvalidOperationException($"{typeof(TRequest).Name} has no [Access].");
        route.WithMetadata(new AccessAttribute(who), new SentRequest(typeof(TRequest)));
        return who switch
        {
            Who.Admin => route.RequireAuthorization(AdminPolicy),
            Who.SignedIn => route.RequireAuthorization(),
            Who.Guest => route.AllowAnonymous().AddEndpointFilter(RefuseBadTokens),
            _ => route.AllowAnonymous(),
        };
    }

    /// <summary>A guest is who sends no token, not who sends a bad one.</summary>
    private static async ValueTask<object?> RefuseBadTokens(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Headers.ContainsKey(HeaderNames.Authorization) && http.User.Identity?.IsAuthenticated != true)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return new Problem(UserErrors.NotSignedIn);
        }

        return await next(context);
    }
}

/// <summary>Which request a route sends.</summary>
/// <param name="Type">The request's type.</param>
internal sealed record SentRequest(Type Type);
