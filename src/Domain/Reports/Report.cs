using Shop.Domain.Common;

namespace Shop.Domain.Reports;

/// <summary>A file of numbers that somebody asked for and a worker makes.</summary>
public sealed class Report : AggregateRoot
{
    /// <summary>How long a report can be read after it was asked for.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    private Report()
    {
    }

    /// <summary>What it is about.</summary>
    public ReportType Type { get; private set; }

    /// <summary>The first of the shop's days that it is about; null for the beginning.</summary>
    public DateOnly? From { get; private set; }

    /// <summary>The last of the shop's days that it is about; null for the end.</summary>
    public DateOnly? To { get; private set; }

    /// <summary>Where it stands.</summary>
    public ReportStatus Status { get; private set; }

    /// <summary>How much of it is made, 0 to 100.</summary>
    public int Progress { get; private set; }

    /// <summary>When it was done or failed, UTC, or null.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Which worker makes it, or null.</summary>
    public Guid? LeaseOwner { get; private set; }

    /// <summary>How long the worker may be silent before another takes it over, UTC; null while none makes it.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>How often making it was begun.</summary>
    public int Attempts { get; private set; }

    /// <summary>A report that waits to be made.</summary>
    /// <param name="type">What it is about.</param>
    /// <param name="from">The first day, or null.</param>
    /// <param name="to">The last day, not before the first, or null.</param>
    /// <param name="now">The present, UTC.</param>
    public static Report Order(ReportType type, DateOnly? from, DateOnly? to, DateTimeOffset now) =>
        new() { Type = type, From = from, To = to, CreatedAt = now, UpdatedAt = now };
}

/// <summary>What a report is about.</summary>
public enum ReportType
{
    /// <summary>Every line sold or given back.</summary>
    Sales,

    /// <summary>Every product and how well it sold.</summary>
    Products,

    /// <summary>Every customer and what they brought.</summary>
    Customers,

    /// <summary>What is in stock, and what it is worth.</summary>
    Inventory,
}

/// <summary>Where a report stands.</summary>
public enum ReportStatus
{
    /// <summary>It waits for a worker.</summary>
    Queued,

    /// <summary>A worker makes it.</summary>
    Running,

    /// <summary>It can be read.</summary>
    Done,

    /// <summary>It could not be made; asking again is worth a try.</summary>
    Failed,
}
