using System.Data;

namespace Shop.Infrastructure.Persistence;

/// <summary>How a database is asked for many reads that all see one moment.</summary>
/// <param name="Level">The isolation level of their transaction.</param>
internal sealed record SnapshotReads(IsolationLevel Level);
