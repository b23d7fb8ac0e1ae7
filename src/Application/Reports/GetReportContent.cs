using System.Globalization;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Reports;

namespace Shop.Application.Reports;

/// <summary>The CSV of a report that is done: UTF-8, RFC 4180, with names of columns. Text that a spreadsheet would take for a formula begins with an apostrophe.</summary>
/// <param name="Id">Which report.</param>
[Access(Who.Admin)]
public sealed record GetReportContent(long Id) : IQuery<ReportFile>;

/// <summary>A report to be sent.</summary>
/// <param name="Name">What to call the file.</param>
/// <param name="Parts">Its bytes, never more than a part at once in memory.</param>
public sealed record ReportFile(string Name, IAsyncEnumerable<byte[]> Parts);

internal sealed class GetReportContentHandler(IRepository<Report> reports, IReportFiles files, TimeProvider clock)
    : IRequestHandler<GetReportContent, Result<ReportFile>>
{
    public async Task<Result<ReportFile>> Handle(GetReportContent query, CancellationToken cancellationToken)
    {
        var report = await reports.GetAsync<ReportAnswer>(ReportSpecs.ById(query.Id, clock.GetUtcNow()), cancellationToken);
        return report?.Status switch
        {
            null => ReportErrors.NotFound,
            ReportStatus.Done => new ReportFile($"{report.Type.ToString().ToLowerInvariant()}-{report.Id.ToString(CultureInfo.InvariantCulture)}.csv", files.ReadAsync(report.Id, cancellationToken)),
            ReportStatus.Failed => ReportErrors.Failed,
            _ => ReportErrors.NotDone,
        };
    }
}
