using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Application.Users;
using Shop.WebApi.Http;

namespace Shop.WebApi.Endpoints;

internal static class UserEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/users").WithTags("Users");
        users.MapPost("/", CreateUser).Sends<CreateUser>();
        users.MapGet("/", ListUsers).Sends<ListUsers>();
        users.MapGet("/me", GetMe).Sends<GetUser>();
        users.MapGet("/{id:long}", GetUser).Sends<GetUser>();
        users.MapPatch("/{id:long}", UpdateUser).Sends<UpdateUser>();
        users.MapDelete("/{id:long}", EraseUser).Sends<EraseUser>();
        users.MapPut("/{id:long}/roles", AssignRoles).Sends<AssignRoles>();
    }

    private static async Task<Results<Made<UserAnswer>, Problem>> CreateUser(
        [FromHeader(Name = CartToken.Header)] string? cartToken, CreateUser command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { CartToken = cartToken }, cancellationToken)).ToMade(user => $"/users/{user.Id}");

    private static async Task<Results<PageOf<UserAnswer>, Problem>> ListUsers(
        [AsParameters] PageQuery page, [FromQuery(Name = "search")] string? search, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new ListUsers(search, page.ToRequest()), cancellationToken)).ToPage();

    private static async Task<Results<Found<UserAnswer>, Problem>> GetMe(IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetUser(Id: null), cancellationToken)).ToFound();

    private static async Task<Results<Found<UserAnswer>, Problem>> GetUser(long id, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetUser(id), cancellationToken)).ToFound();

    private static async Task<Results<Found<UserAnswer>, Problem>> UpdateUser(
        long id, IfMatch ifMatch, UpdateUser command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id, Expected = ifMatch.Expected }, cancellationToken)
            .ThenAsync(() => sender.Send(new GetUser(id), cancellationToken))).ToFound();

    private static async Task<Results<Found<UserAnswer>, Problem>> EraseUser(
        long id, IfMatch ifMatch, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new EraseUser(id, ifMatch.Expected), cancellationToken)).ToFound();

    private static async Task<Results<Found<UserAnswer>, Problem>> AssignRoles(
        long id, IfMatch ifMatch, AssignRoles command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id, Expected = ifMatch.Expected }, cancellationToken)
            .ThenAsync(() => sender.Send(new GetUser(id), cancellationToken))).ToFound();
}
