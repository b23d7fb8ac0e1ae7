namespace Shop.Application.Abstractions;

/// <summary>What makes reports, apart from the requests that ask for them.</summary>
public interface IReportMaking
{
    /// <summary>
    /// Has waiting reports made from now on instead of at the next look. Where this node does no jobs, or the job can't be reached, that look
    /// finds them; this never fails.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task BeginAsync(CancellationToken cancellationToken);
}
