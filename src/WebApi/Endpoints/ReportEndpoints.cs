using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Shop.Application.Abstractions;
using Shop.Application.Reports;
using Shop.WebApi.Http;
using Shop.WebApi.OpenApi;

namespace Shop.WebApi.Endpoints;

internal static class ReportEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var reports = routes.MapGroup("/reports").WithTags("Reports");
        reports.MapPost("/", CreateReport).Sends<CreateReport>();
        reports.MapGet("/{id:long}", GetReport).Sends<GetReport>();
        reports.MapGet("/{id:long}/content", GetReportContent).Sends<GetReportContent>().Produces<string>(StatusCodes.Status200OK, "text/csv")
            .Refuses(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Underway<ReportAnswer>, Problem>> CreateReport(
        CreateReport command, IMediator sender, IReportMaking making, CancellationToken cancellationToken)
    {
        var report = await sender.Send(command, cancellationToken).ThenAsync(id => sender.Send(new GetReport(id), cancellationToken));
        if (!report.IsFailure)
        {
            await making.BeginAsync(cancellationToken);
        }

        return report.IsFailure ? new Problem(report.Error) : new Underway<ReportAnswer>($"/reports/{report.Value.Id}", report.Value);
    }

    private static async Task<Results<Found<ReportAnswer>, Problem>> GetReport(long id, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetReport(id), cancellationToken)).ToFound();

    private static async Task<Results<PushStreamHttpResult, Problem>> GetReportContent(
        long id, IMediator sender, HttpResponse response, CancellationToken cancellationToken)
    {
        var content = await sender.Send(new GetReportContent(id), cancellationToken);
        if (content.IsFailure)
        {
            return new Problem(content.Error);
        }

        response.Headers[HeaderNames.CacheControl] = "no-store";
        return TypedResults.Stream(output => SendAsync(content.Value, output, cancellationToken), "text/csv; charset=utf-8", content.Value.Name);
    }

    private static async Task SendAsync(ReportFile file, Stream output, CancellationToken cancellationToken)
    {
        await foreach (var part in file.Parts.WithCancellation(cancellationToken))
        {
            await output.WriteAsync(part, cancellationToken);
        }
    }
}
