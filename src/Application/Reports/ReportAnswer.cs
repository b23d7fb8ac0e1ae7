using Shop.Application.Common.Mapping;
using Shop.Domain.Reports;

namespace Shop.Application.Reports;

/// <summary>A report, and how far it is.</summary>
public sealed record ReportAnswer
{
    /// <summary>The report's id.</summary>
    public required long Id { get; init; }

    /// <summary>What it is about.</summary>
    public required ReportType Type { get; init; }

    /// <summary>Where it stands.</summary>
    public required ReportStatus Status { get; init; }

    /// <summary>How much of it is made, 0 to 100.</summary>
    public required int Progress { get; init; }

    /// <summary>When it was asked for, UTC; it is kept for a week from then.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was done or failed, UTC, or null.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<Report, ReportAnswer>().ConvertUsing(report => new ReportAnswer
        {
            Id = report.Id,
            Type = report.Type,
            Status = report.Status,
            Progress = report.Progress,
            CreatedAt = report.CreatedAt,
            FinishedAt = report.FinishedAt,
        });
    }
}
