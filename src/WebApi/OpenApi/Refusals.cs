using Microsoft.OpenApi;
using Shop.Application.Common;
using Shop.WebApi.Http;
using Shop.WebApi.Http.Idempotency;

namespace Shop.WebApi.OpenApi;

/// <summary>Says which refusals a route has beyond those that follow from its shape.</summary>
/// <param name="statuses">HTTP statuses.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RefusesAttribute(params int[] statuses) : Attribute
{
    public IReadOnlyList<int> Statuses { get; } = statuses;
}

/// <summary>Which refusals an operation can answer with.</summary>
internal static class Refusals
{
    /// <summary>All refusals there are, by status: the name of the component, and what it means.</summary>
    public static IReadOnlyDictionary<string, (string Name, string Meaning)> All { get; } = new Dictionary<string, (string, string)>
    {
        ["400"] = ("Invalid", "Malformed or invalid input; `errors` names the fields."),
        ["401"] = ("Unauthenticated", "Nobody is signed in, or the credentials or the token are wrong."),
        ["402"] = ("PaymentDeclined", "The payment was declined."),
        ["403"] = ("Forbidden", "It is public, but not the caller's to change, or the route is an admin's."),
        ["404"] = ("NotFound", "There is no such thing, or it is private and not the caller's."),
        ["409"] = ("Conflict", "A rule of the shop says no at present; `code` says which."),
        ["412"] = ("Stale", "`If-Match` names a version that is no longer the current one."),
        ["413"] = ("TooLarge", "The body is too large."),
        ["415"] = ("UnsupportedMediaType", "The body is not of a type that the route takes."),
        ["422"] = ("KeyReused", "The `Idempotency-Key` came with another request before."),
        ["429"] = ("TooMany", "Too many requests or attempts; `Retry-After` says when to go on."),
        ["503"] = ("Unavailable", "Something that the shop needs does not answer; `Retry-After` says when to try again."),
        ["default"] = ("Refused", "Any other refusal, such as an address that is too long or a shop that can't reach its database."),
    };

    /// <summary>Declares what a route is refused with, where that does not follow from its access, path, method and headers.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params int[] statuses) => route.WithMetadata(new RefusesAttribute(statuses));

    /// <summary>The refusals of an operation.</summary>
    public static IEnumerable<string> Of(OpenApiOperation operation, EndpointFacts endpoint)
    {
        yield return "400";
        if (endpoint.Access is not (null or Who.Anyone))
        {
            yield return "401";
        }

        if (endpoint.Access == Who.Admin)
        {
            yield return "403";
        }

        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true)
        {
            yield return "404";
        }

        if (endpoint.IsCommand)
        {
            yield return "409";
        }

        if (endpoint.Binds<IfMatch>())
        {
            yield return "412";
        }

        if (operation.RequestBody is not null)
        {
            yield return "413";
            yield return "415";
        }

        if (endpoint.Find<IdempotentAttribute>() is not null)
        {
            yield return "422";
        }

        foreach (var status in endpoint.All<RefusesAttribute>().SelectMany(each => each.Statuses))
        {
            yield return $"{status}";
        }

        yield return "429";
        yield return "default";
    }
}
