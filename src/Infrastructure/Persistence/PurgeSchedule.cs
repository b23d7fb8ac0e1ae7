using System.Collections.Concurrent;

namespace Shop.Infrastructure.Persistence;

/// <summary>Lets this node purge each table once a minute, in passing.</summary>
internal sealed class PurgeSchedule
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _next = new();

    /// <summary>Whether it is time; true for one caller only.</summary>
    /// <param name="table">What would be purged.</param>
    /// <param name="now">The time, UTC.</param>
    public bool IsDue(string table, DateTimeOffset now)
    {
        var next = _next.GetOrAdd(table, DateTimeOffset.MinValue);
        return now >= next && _next.TryUpdate(table, now + Interval, next);
    }
}
