using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Reports;

namespace Shop.Application.Reports;

/// <summary>How far a report is.</summary>
/// <param name="Id">Which report.</param>
[Access(Who.Admin)]
public sealed record GetReport(long Id) : IQuery<ReportAnswer>;

internal sealed class GetReportHandler(IRepository<Report> reports, TimeProvider clock) : IRequestHandler<GetReport, Result<ReportAnswer>>
{
    public async Task<Result<ReportAnswer>> Handle(GetReport query, CancellationToken cancellationToken) =>
        await reports.GetAsync<ReportAnswer>(ReportSpecs.ById(query.Id, clock.GetUtcNow()), cancellationToken) is { } report
            ? report
            : ReportErrors.NotFound;
}
