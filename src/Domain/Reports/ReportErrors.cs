using Shop.Domain.Common;

namespace Shop.Domain.Reports;

/// <summary>What is refused about reports.</summary>
public static class ReportErrors
{
    /// <summary>No such report, or one that was forgotten.</summary>
    public static Error NotFound => new(ErrorKind.NotFound, "report_not_found", "There is no such report; they are kept for a week.");

    /// <summary>It is not made yet.</summary>
    public static Error NotDone => new(ErrorKind.Conflict, "report_not_done", "The report is not done yet; ask for its status until it is.");

    /// <summary>It will never be made.</summary>
    public static Error Failed => new(ErrorKind.Conflict, "report_failed", "The report could not be made; ask for a new one.");
}
