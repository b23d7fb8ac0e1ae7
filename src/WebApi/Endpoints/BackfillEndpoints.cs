using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.WebApi.Http;
using Shop.WebApi.OpenApi;

namespace Shop.WebApi.Endpoints;

internal static class BackfillEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var data = routes.MapGroup("/products/data").WithTags("Products");
        data.MapGet("/backfill", BackfillConfiguredFile).Sends<BackfillConfiguredFile>().Refuses(StatusCodes.Status409Conflict);
        data.MapPost("/backfill", BackfillProducts).Sends<BackfillProducts>().TakesFile("text/csv").WithMetadata(new DisableRequestSizeLimitAttribute());
        data.MapGet("/export", ExportProducts).Sends<ExportProducts>().Produces<string>(StatusCodes.Status200OK, "text/csv");
    }

    private static async Task<Results<PageOf<ProductAnswer>, Problem>> BackfillConfiguredFile(
        [AsParameters] PageQuery page, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new BackfillConfiguredFile { Page = page.ToRequest() }, cancellationToken)).ToPage();

    private static async Task<Results<Found<BackfillReport>, Problem>> BackfillProducts(
        [FromQuery(Name = "dry_run")] bool? dryRun, HttpRequest request, IMediator sender, CancellationToken cancellationToken)
    {
        var report = await CsvUpload.ReadAsync(
            request, file => sender.Send(new BackfillProducts(file, dryRun == true), cancellationToken));
        return report?.ToFound() ?? new Problem(BackfillErrors.WrongMediaType, StatusCodes.Status415UnsupportedMediaType);
    }

    private static async Task<Results<PushStreamHttpResult, Problem>> ExportProducts(
        IMediator sender, ICatalogCsv csv, HttpResponse response, CancellationToken cancellationToken)
    {
        var products = await sender.Send(new ExportProducts(), cancellationToken);
        if (products.IsFailure)
        {
            return new Problem(products.Error);
        }

        response.Headers[HeaderNames.CacheControl] = "no-store";
        return TypedResults.Stream(
            output => csv.WriteAsync(products.Value, output, cancellationToken), "text/csv; charset=utf-8", fileDownloadName: "catalog.csv");
    }
}
