using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Application.Orders;
using Shop.Application.Payments;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.WebApi.Http;
using Shop.WebApi.Http.Idempotency;
using Shop.WebApi.OpenApi;

namespace Shop.WebApi.Endpoints;

internal static class OrderEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/orders").WithTags("Orders");
        orders.MapGet("/", ListOrders).Sends<ListOrders>();
        orders.MapPost("/", CreateOrder).Sends<CreateOrder>().Idempotent().Refuses(StatusCodes.Status403Forbidden);
        orders.MapPost("/current_order", ListCurrentOrders).Sends<ListCurrentOrders>().Refuses(StatusCodes.Status404NotFound);
        orders.MapGet("/{id:long}", GetOrder).Sends<GetOrder>();
        orders.MapPut("/{id:long}", UpdateOrder).Sends<UpdateOrder>().Refuses(StatusCodes.Status403Forbidden);
        orders.MapDelete("/{id:long}", CancelOrder).Sends<CancelOrder>();
        orders.MapGet("/{id:long}/history", GetOrderHistory).Sends<GetOrderHistory>();
        orders.MapPost("/{id:long}/checkout", CheckOutOrder).Sends<CheckOutOrder>().Idempotent();
        orders.MapPost("/{id:long}/products", AddOrderProduct).Sends<AddOrderProduct>();
        orders.MapPatch("/{id:long}/products/{product_id:long}", UpdateOrderProduct).Sends<UpdateOrderProduct>();
        orders.MapDelete("/{id:long}/products/{product_id:long}", RemoveOrderProduct).Sends<RemoveOrderProduct>();
        routes.MapPost("/users/{user_id:long}/orders", CreateUserOrder).WithTags("Orders").Sends<CreateUserOrder>().Idempotent();
    }

    private static async Task<Results<PageOf<OrderAnswer>, Problem>> ListOrders(
        [AsParameters] PageQuery page, [AsParameters] OrderQuery query, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(
            new ListOrders { Page = page.ToRequest(), Status = query.Status, UserId = query.UserId, From = query.From, To = query.To },
            cancellationToken)).ToPage();

    private static async Task<Results<Made<OrderAnswer>, Problem>> CreateOrder(
        CreateOrder command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command, cancellationToken).ThenAsync(order => ShowAsync(order, sender, cancellationToken)))
        .ToMade(order => $"/orders/{order.Id}");

    private static async Task<Results<Made<OrderAnswer>, Problem>> CreateUserOrder(
        [FromRoute(Name = "user_id")] long userId, CreateUserOrder command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { UserId = userId }, cancellationToken)
            .ThenAsync(order => ShowAsync(order, sender, cancellationToken)))
        .ToMade(order => $"/orders/{order.Id}");

    /// <summary>An order that was just saved: as it was, or read again where it shows today's prices.</summary>
    internal static async Task<Result<OrderAnswer>> ShowAsync(Order order, IMediator sender, CancellationToken cancellationToken) =>
        OrderAnswer.Of(order) is { } answer ? answer : await sender.Send(new GetOrder(order.Id), cancellationToken);

    private static async Task<Results<PageOf<OrderAnswer>, Problem>> ListCurrentOrders(
        CurrentOrdersOf? body, [AsParameters] PageQuery page, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new ListCurrentOrders(body?.UserId, page.ToRequest()), cancellationToken)).ToPage();

    private static async Task<Results<Found<OrderAnswer>, Problem>> GetOrder(long id, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetOrder(id), cancellationToken)).ToFound();

    private static async Task<Results<PageOf<OrderChangeAnswer>, Problem>> GetOrderHistory(
        long id, [AsParameters] PageQuery page, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetOrderHistory(id, page.ToRequest()), cancellationToken)).ToPage();

    private static async Task<Results<Found<OrderAnswer>, Problem>> UpdateOrder(
        long id, IfMatch ifMatch, UpdateOrder command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id, Expected = ifMatch.Expected }, cancellationToken)
            .ThenAsync(() => sender.Send(new FinishRefunds(id), cancellationToken))
            .ThenAsync(() => sender.Send(new GetOrder(id), cancellationToken))).ToFound();

    private static async Task<Results<Found<OrderAnswer>, Problem>> CancelOrder(
        long id, IfMatch ifMatch, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new CancelOrder(id, ifMatch.Expected), cancellationToken)
            .ThenAsync(() => sender.Send(new FinishRefunds(id), cancellationToken))
            .ThenAsync(() => sender.Send(new GetOrder(id), cancellationToken))).ToFound();

    private static async Task<Results<Found<OrderAnswer>, Problem>> CheckOutOrder(
        long id, CheckOutOrder command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id }, cancellationToken)
            .ThenAsync(order => ShowAsync(order, sender, cancellationToken))).ToFound();

    private static async Task<Results<Found<OrderAnswer>, Problem>> AddOrderProduct(
        long id, AddOrderProduct command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id }, cancellationToken)
            .ThenAsync(() => sender.Send(new GetOrder(id), cancellationToken))).ToFound();

    private static async Task<Results<Found<OrderAnswer>, Problem>> UpdateOrderProduct(
        long id,
        [FromRoute(Name = "product_id")] long productId,
        IfMatch ifMatch,
        UpdateOrderProduct command,
        IMediator sender,
        CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id, ProductId = productId, Expected = ifMatch.Expected }, cancellationToken)
            .ThenAsync(() => sender.Send(new GetOrder(id), cancellationToken))).ToFound();

    private static async Task<Results<Found<OrderAnswer>, Problem>> RemoveOrderProduct(
        long id,
        [FromRoute(Name = "product_id")] long productId,
        IfMatch ifMatch,
        IMediator sender,
        CancellationToken cancellationToken) =>
        (await sender.Send(new RemoveOrderProduct(id, productId, ifMatch.Expected), cancellationToken)
            .ThenAsync(() => sender.Send(new GetOrder(id), cancellationToken))).ToFound();

    /// <summary>The filters of the list of orders, as query parameters.</summary>
    internal sealed record OrderQuery
    {
        [FromQuery(Name = "status")]
        public string? Status { get; init; }

        [FromQuery(Name = "user_id")]
        public long? UserId { get; init; }

        [FromQuery(Name = "from")]
        public DateTimeOffset? From { get; init; }

        [FromQuery(Name = "to")]
        public DateTimeOffset? To { get; init; }
    }
}

/// <summary>Whose active orders to list.</summary>
/// <param name="UserId">Who buys; the caller unless said.</param>
internal sealed record CurrentOrdersOf(long? UserId);
