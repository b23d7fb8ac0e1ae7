using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Application.Addresses;
using Shop.Application.Orders;
using Shop.WebApi.Http;

namespace Shop.WebApi.Endpoints;

internal static class AddressEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var addresses = routes.MapGroup("/users/{user_id:long}/addresses").WithTags("Users");
        addresses.MapGet("/", ListAddresses).Sends<ListAddresses>();
        addresses.MapPost("/", CreateAddress).Sends<CreateAddress>();
        addresses.MapGet("/{id:long}", GetAddress).Sends<GetAddress>();
        addresses.MapPut("/{id:long}", ReplaceAddress).Sends<ReplaceAddress>();
        addresses.MapPatch("/{id:long}", UpdateAddress).Sends<UpdateAddress>();
        addresses.MapDelete("/{id:long}", DeleteAddress).Sends<DeleteAddress>();
    }

    private static async Task<Results<PageOf<AddressAnswer>, Problem>> ListAddresses(
        [FromRoute(Name = "user_id")] long userId, [AsParameters] PageQuery page, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new ListAddresses(userId, page.ToRequest()), cancellationToken)).ToPage();

    private static async Task<Results<Made<AddressAnswer>, Problem>> CreateAddress(
        [FromRoute(Name = "user_id")] long userId, AddressInput address, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new CreateAddress(userId, address), cancellationToken)
            .ThenAsync(id => sender.Send(new GetAddress(userId, id), cancellationToken)))
        .ToMade(made => $"/users/{userId}/addresses/{made.Id}");

    private static async Task<Results<Found<AddressAnswer>, Problem>> GetAddress(
        [FromRoute(Name = "user_id")] long userId, long id, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetAddress(userId, id), cancellationToken)).ToFound();

    private static async Task<Results<Found<AddressAnswer>, Problem>> ReplaceAddress(
        [FromRoute(Name = "user_id")] long userId,
        long id,
        IfMatch ifMatch,
        AddressInput address,
        IMediator sender,
        CancellationToken cancellationToken) =>
        (await sender.Send(new ReplaceAddress(userId, id, address, ifMatch.Expected), cancellationToken)
            .ThenAsync(() => sender.Send(new GetAddress(userId, id), cancellationToken))).ToFound();

    private static async Task<Results<Found<AddressAnswer>, Problem>> UpdateAddress(
        [FromRoute(Name = "user_id")] long userId,
        long id,
        IfMatch ifMatch,
        UpdateAddress command,
        IMediator sender,
        CancellationToken cancellationToken) =>
        (await sender.Send(command with { UserId = userId, Id = id, Expected = ifMatch.Expected }, cancellationToken)
            .ThenAsync(() => sender.Send(new GetAddress(userId, id), cancellationToken))).ToFound();

    private static async Task<Results<NoContent, Problem>> DeleteAddress(
        [FromRoute(Name = "user_id")] long userId, long id, IfMatch ifMatch, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new DeleteAddress(userId, id, ifMatch.Expected), cancellationToken)).ToNoContent();
}
