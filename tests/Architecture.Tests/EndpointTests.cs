using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Shop.Application;
using Shop.Application.Common;
using Shop.Architecture.Tests.Support;
using Shop.Infrastructure;
using Shop.WebApi;

namespace Shop.Architecture.Tests;

/// <summary>What every route has.</summary>
public sealed class EndpointTests
{
    private const int MaxProgramLines = 40;

    [Test]
    public void Every_route_declares_who_may_use_it_and_guards_it_so() =>
        new Rule<RouteEndpoint>(Unguarded).ShouldHoldFor(
            Routes(routes => routes.MapShopEndpoints()),
            [
                .. Routes(routes => routes.MapGet("/open", () => "x")),
                .. Routes(routes => routes.MapGet("/said", () => "x").WithMetadata(new AccessAttribute(Who.Admin))),
                .. Routes(routes => routes.MapGet("/guarded", () => "x").RequireAuthorization()),
            ]);

    [Test]
    public void Program_stays_short() =>
        new Rule<string[]>(lines => lines.Length < MaxProgramLines ? [] : [$"{lines.Length} lines"])
            .ShouldHoldFor([File.ReadAllLines(Path.Combine(Layers.Root, "src", "WebApi", "Program.cs"))], new string[MaxProgramLines]);

    private static IEnumerable<string> Unguarded(RouteEndpoint route)
    {
        var access = route.Metadata.GetMetadata<AccessAttribute>()?.Who;
        var guarded = route.Metadata.GetMetadata<IAuthorizeData>() is not null;
        var forAdmins = route.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy == "admin");
        return access switch
        {
            null => ["declares no access"],
            Who.Admin when !forAdmins => ["is an admin's and open to others"],
            Who.SignedIn when !guarded => ["is for who is signed in and open to others"],
            Who.Anyone or Who.Guest when guarded => ["is for everybody and closed"],
            _ => [],
        };
    }

    private static IReadOnlyList<RouteEndpoint> Routes(Action<IEndpointRouteBuilder> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var settings = ShopSettings.From(new ConfigurationBuilder().Build(), isDevelopment: true);
        builder.Services.AddApplication().AddInfrastructure(settings).AddWebApi(settings);
        var app = builder.Build();
        map(app);
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
    }
}
