using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Application.Abstractions;
using Shop.Application.Users;
using Shop.WebApi.Http;
using Shop.WebApi.OpenApi;

namespace Shop.WebApi.Endpoints;

internal static class AuthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/auth").WithTags("Auth");
        auth.MapPost("/register", RegisterUser).Sends<RegisterUser>();
        auth.MapPost("/login", SignIn).Sends<SignIn>().Refuses(401);
        auth.MapPost("/refresh", RefreshSession).Sends<RefreshSession>().Refuses(401);
        auth.MapPost("/logout", SignOut).Sends<SignOut>();
        auth.MapPost("/change_password", ChangePassword).Sends<ChangePassword>();
        auth.MapPost("/forgot_password", ForgotPassword).Sends<ForgotPassword>();
        auth.MapPost("/reset_password", ResetPassword).Sends<ResetPassword>();
        auth.MapPost("/confirm_email", ConfirmEmail).Sends<ConfirmEmail>();
        auth.MapPost("/resend_confirmation", ResendConfirmation).Sends<ResendConfirmation>();
    }

    private static async Task<Results<Made<UserAnswer>, Problem>> RegisterUser(
        [FromHeader(Name = CartToken.Header)] string? cartToken, RegisterUser command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { CartToken = cartToken }, cancellationToken)).ToMade(user => $"/users/{user.Id}");

    private static async Task<Results<Found<TokenPair>, Problem>> SignIn(
        [FromHeader(Name = CartToken.Header)] string? cartToken, SignIn command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { CartToken = cartToken }, cancellationToken)).ToFound();

    private static async Task<Results<Found<TokenPair>, Problem>> RefreshSession(
        RefreshSession command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command, cancellationToken)).ToFound();

    private static async Task<Results<NoContent, Problem>> SignOut(SignOut command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command, cancellationToken)).ToNoContent();

    private static async Task<Results<NoContent, Problem>> ChangePassword(
        ChangePassword command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command, cancellationToken)).ToNoContent();

    private static async Task<Results<NoContent, Problem>> ForgotPassword(
        ForgotPassword command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command, cancellationToken)).ToNoContent();

    private static async Task<Results<NoContent, Problem>> ResetPassword(
        ResetPassword command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command, cancellationToken)).ToNoContent();

    private static async Task<Results<NoContent, Problem>> ConfirmEmail(
        ConfirmEmail command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command, cancellationToken)).ToNoContent();

    private static async Task<Results<NoContent, Problem>> ResendConfirmation(
        ResendConfirmation command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command, cancellationToken)).ToNoContent();
}
