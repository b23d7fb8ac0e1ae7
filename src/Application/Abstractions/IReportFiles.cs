namespace Shop.Application.Abstractions;

/// <summary>The files that reports are made into.</summary>
public interface IReportFiles
{
    /// <summary>The bytes of a report that is done, a part at a time.</summary>
    /// <param name="reportId">The report.</param>
    /// <param name="cancellationToken">Gives up.</param>
    IAsyncEnumerable<byte[]> ReadAsync(long reportId, CancellationToken cancellationToken = default);
}
