using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.WebApi.Http;
using Shop.WebApi.Http.Caching;

namespace Shop.WebApi.Endpoints;

internal static class CategoryEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var categories = routes.MapGroup("/categories").WithTags("Categories");
        categories.MapGet("/", ListCategories).Sends<ListCategories>().Cached(CatalogView.Categories);
        categories.MapPost("/", CreateCategory).Sends<CreateCategory>();
        categories.MapGet("/{id:long}", GetCategory).Sends<GetCategory>().Cached(CatalogView.Categories);
        categories.MapPut("/{id:long}", ReplaceCategory).Sends<ReplaceCategory>();
        categories.MapPatch("/{id:long}", UpdateCategory).Sends<UpdateCategory>();
        categories.MapDelete("/{id:long}", DeleteCategory).Sends<DeleteCategory>();
    }

    private static async Task<Results<PageOf<CategoryAnswer>, Problem>> ListCategories(
        [AsParameters] PageQuery page, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new ListCategories(page.ToRequest()), cancellationToken)).ToPage();

    private static async Task<Results<Made<CategoryAnswer>, Problem>> CreateCategory(
        CreateCategory command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command, cancellationToken).ThenAsync(id => sender.Send(new GetCategory(id), cancellationToken)))
        .ToMade(category => $"/categories/{category.Id}");

    private static async Task<Results<Found<CategoryAnswer>, Problem>> GetCategory(
        long id, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetCategory(id), cancellationToken)).ToFound();

    private static async Task<Results<Found<CategoryAnswer>, Problem>> ReplaceCategory(
        long id, IfMatch ifMatch, ReplaceCategory command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id, Expected = ifMatch.Expected }, cancellationToken)
            .ThenAsync(() => sender.Send(new GetCategory(id), cancellationToken))).ToFound();

    private static async Task<Results<Found<CategoryAnswer>, Problem>> UpdateCategory(
        long id, IfMatch ifMatch, UpdateCategory command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id, Expected = ifMatch.Expected }, cancellationToken)
            .ThenAsync(() => sender.Send(new GetCategory(id), cancellationToken))).ToFound();

    private static async Task<Results<NoContent, Problem>> DeleteCategory(
        long id, IfMatch ifMatch, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new DeleteCategory(id, ifMatch.Expected), cancellationToken)).ToNoContent();
}
