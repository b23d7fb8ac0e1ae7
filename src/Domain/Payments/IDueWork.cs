namespace Shop.Domain.Payments;

/// <summary>Something that the sweeper finishes when whoever began it did not.</summary>
public interface IDueWork
{
    /// <summary>How long whoever is at work on it may take before somebody else takes over.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>The key.</summary>
    long Id { get; }

    /// <summary>When it is taken up, UTC: the end of a lease, or of a pause after a try that came to nothing. Null when there is nothing left to do.</summary>
    DateTimeOffset? DueAt { get; }

    /// <summary>How often it was taken up.</summary>
    int Tries { get; }
}
