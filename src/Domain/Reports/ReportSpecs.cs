using Shop.Domain.Common;

namespace Shop.Domain.Reports;

/// <summary>The queries over reports.</summary>
public static class ReportSpecs
{
    /// <summary>The report of that id, while it is kept.</summary>
    /// <param name="id">The report's id.</param>
    /// <param name="now">The present, UTC.</param>
    public static Specification<Report> ById(long id, DateTimeOffset now)
    {
        var kept = now - Report.Retention;
        return new(query => query.Where(report => report.Id == id && report.CreatedAt > kept));
    }
}
