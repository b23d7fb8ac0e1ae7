using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Application.Favorites;
using Shop.WebApi.Http;

namespace Shop.WebApi.Endpoints;

internal static class FavoriteEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var favorites = routes.MapGroup("/favorites").WithTags("Favorites");
        favorites.MapGet("/", ListFavorites).Sends<ListFavorites>();
        favorites.MapPost("/", AddFavorite).Sends<AddFavorite>();
        favorites.MapGet("/{product_id:long}", GetFavorite).Sends<GetFavorite>();
        favorites.MapDelete("/{product_id:long}", RemoveFavorite).Sends<RemoveFavorite>();
    }

    private static async Task<Results<PageOf<FavoriteAnswer>, Problem>> ListFavorites(
        [AsParameters] PageQuery page, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new ListFavorites(page.ToRequest()), cancellationToken)).ToPage();

    private static async Task<Results<Made<FavoriteAnswer>, Found<FavoriteAnswer>, Problem>> AddFavorite(
        AddFavorite command, IMediator sender, CancellationToken cancellationToken)
    {
        var added = await sender.Send(command, cancellationToken);
        if (added.IsFailure)
        {
            return new Problem(added.Error);
        }

        var found = await sender.Send(new GetFavorite(added.Value.ProductId), cancellationToken);
        return found.IsFailure ? new Problem(found.Error)
            : added.Value.IsNew ? new Made<FavoriteAnswer>($"/favorites/{found.Value.ProductId}", found.Value)
            : new Found<FavoriteAnswer>(found.Value);
    }

    private static async Task<Results<Found<FavoriteAnswer>, Problem>> GetFavorite(
        [FromRoute(Name = "product_id")] long productId, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetFavorite(productId), cancellationToken)).ToFound();

    private static async Task<Results<NoContent, Problem>> RemoveFavorite(
        [FromRoute(Name = "product_id")] long productId, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new RemoveFavorite(productId), cancellationToken)).ToNoContent();
}
