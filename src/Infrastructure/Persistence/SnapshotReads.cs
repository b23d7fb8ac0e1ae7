using System.Data;

namespace Shop.Infrastructure.Persistence;

/// <summary>How a database is asked for many reads that all see one moment.</summary>
/// <param name="level">The isolation level of their transaction.</param>
internal sealed class SnapshotReads(IsolationLevel level)
{
    /// <summary>The isolation level of their transaction; a database that refuses it is found out when the shop starts.</summary>
    public IsolationLevel Level { get; set; } = level;
}
