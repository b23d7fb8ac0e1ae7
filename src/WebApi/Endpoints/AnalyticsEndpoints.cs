using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Application.Analytics;
using Shop.WebApi.Http;

namespace Shop.WebApi.Endpoints;

internal static class AnalyticsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var analytics = routes.MapGroup("/analytics").WithTags("Analytics");
        analytics.MapGet("/revenue", GetRevenue).Sends<GetRevenue>();
        analytics.MapGet("/top_products", GetTopProducts).Sends<GetTopProducts>();
        analytics.MapGet("/top_customers", GetTopCustomers).Sends<GetTopCustomers>();
    }

    private static async Task<Results<Found<IReadOnlyList<RevenueAnswer>>, Problem>> GetRevenue(
        [AsParameters] DaysQuery days, [FromQuery(Name = "interval")] string? interval, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetRevenue { From = days.From, To = days.To, Interval = interval }, cancellationToken)).ToFound();

    private static async Task<Results<Found<IReadOnlyList<TopProductAnswer>>, Problem>> GetTopProducts(
        [AsParameters] DaysQuery days, [FromQuery(Name = "limit")] int? limit, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetTopProducts { From = days.From, To = days.To, Limit = limit }, cancellationToken)).ToFound();

    private static async Task<Results<Found<IReadOnlyList<TopCustomerAnswer>>, Problem>> GetTopCustomers(
        [AsParameters] DaysQuery days, [FromQuery(Name = "limit")] int? limit, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetTopCustomers { From = days.From, To = days.To, Limit = limit }, cancellationToken)).ToFound();

    /// <summary>A range of days, as query parameters.</summary>
    internal sealed record DaysQuery
    {
        [FromQuery(Name = "from")]
        public string? From { get; init; }

        [FromQuery(Name = "to")]
        public string? To { get; init; }
    }
}
