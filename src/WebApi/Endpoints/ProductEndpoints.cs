using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.WebApi.Http;
using Shop.WebApi.Http.Caching;
using Shop.WebApi.OpenApi;

namespace Shop.WebApi.Endpoints;

internal static class ProductEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var products = routes.MapGroup("/products").WithTags("Products");
        products.MapGet("/", ListProducts).Sends<ListProducts>().Cached(CatalogView.Products);
        products.MapGet("/facets", GetProductFacets).Sends<GetProductFacets>().Cached(CatalogView.Products);
        products.MapPost("/", CreateProduct).Sends<CreateProduct>();
        products.MapGet("/{id:long}", GetProduct).Sends<GetProduct>().Cached(CatalogView.Product);
        products.MapPut("/{id:long}", ReplaceProduct).Sends<ReplaceProduct>().Refuses(403);
        products.MapPatch("/{id:long}", UpdateProduct).Sends<UpdateProduct>().Refuses(403);
        products.MapDelete("/{id:long}", DeleteProduct).Sends<DeleteProduct>().Refuses(403);
    }

    private static async Task<Results<PageOf<ProductAnswer>, Problem>> ListProducts(
        [AsParameters] PageQuery page,
        [AsParameters] FilterQuery query,
        [FromQuery(Name = "sort")] string? sort,
        IMediator sender,
        CancellationToken cancellationToken) =>
        (await sender.Send(
            new ListProducts
            {
                Page = page.ToRequest(),
                Search = query.Search,
                CategoryId = query.CategoryId,
                Category = query.Category,
                SellerId = query.SellerId,
                MinPrice = query.MinPrice,
                MaxPrice = query.MaxPrice,
                MinRating = query.MinRating,
                InStock = query.InStock,
                Sort = sort,
            },
            cancellationToken)).ToPage();

    private static async Task<Results<Found<ProductFacetsAnswer>, Problem>> GetProductFacets(
        [AsParameters] FilterQuery query, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(
            new GetProductFacets
            {
                Search = query.Search,
                CategoryId = query.CategoryId,
                Category = query.Category,
                SellerId = query.SellerId,
                MinPrice = query.MinPrice,
                MaxPrice = query.MaxPrice,
                MinRating = query.MinRating,
                InStock = query.InStock,
            },
            cancellationToken)).ToFound();

    private static async Task<Results<Made<ProductAnswer>, Problem>> CreateProduct(
        CreateProduct command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command, cancellationToken).ThenAsync(id => sender.Send(new GetProduct(id), cancellationToken)))
        .ToMade(product => $"/products/{product.Id}");

    private static async Task<Results<Found<ProductAnswer>, Problem>> GetProduct(
        long id, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetProduct(id), cancellationToken)).ToFound();

    private static async Task<Results<Found<ProductAnswer>, Problem>> ReplaceProduct(
        long id, IfMatch ifMatch, ReplaceProduct command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id, Expected = ifMatch.Expected }, cancellationToken)
            .ThenAsync(() => sender.Send(new GetProduct(id), cancellationToken))).ToFound();

    private static async Task<Results<Found<ProductAnswer>, Problem>> UpdateProduct(
        long id, IfMatch ifMatch, UpdateProduct command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id, Expected = ifMatch.Expected }, cancellationToken)
            .ThenAsync(() => sender.Send(new GetProduct(id), cancellationToken))).ToFound();

    private static async Task<Results<NoContent, Problem>> DeleteProduct(
        long id, IfMatch ifMatch, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new DeleteProduct(id, ifMatch.Expected), cancellationToken)).ToNoContent();

    /// <summary>The catalog's filters, as query parameters.</summary>
    internal sealed record FilterQuery
    {
        [FromQuery(Name = "search")]
        public string? Search { get; init; }

        [FromQuery(Name = "category_id")]
        public long? CategoryId { get; init; }

        [FromQuery(Name = "category")]
        public string? Category { get; init; }

        [FromQuery(Name = "seller_id")]
        public long? SellerId { get; init; }

        [FromQuery(Name = "min_price")]
        public decimal? MinPrice { get; init; }

        [FromQuery(Name = "max_price")]
        public decimal? MaxPrice { get; init; }

        [FromQuery(Name = "min_rating")]
        public decimal? MinRating { get; init; }

        [FromQuery(Name = "in_stock")]
        public bool? InStock { get; init; }
    }
}
