namespace Shop.Infrastructure.Reports;

/// <summary>A part of a report's file. It lies in the database, so that every node can send what any node made.</summary>
internal sealed class ReportChunk
{
    /// <summary>The report.</summary>
    public required long ReportId { get; init; }

    /// <summary>Its place in the file, from 0.</summary>
    public required int No { get; init; }

    /// <summary>The bytes.</summary>
    public required byte[] Bytes { get; init; }
}
