namespace Shop.Infrastructure.Memory;

/// <summary>When a process that has grown large has its heap collected, which every request waits for.</summary>
internal sealed class CollectionPlan(TimeProvider clock)
{
    /// <summary>From so many bytes of process on a collection may be of use.</summary>
    public const long Large = 152 * 1024 * 1024;

    /// <summary>From so many on it is urgent.</summary>
    public const long TooLarge = 168 * 1024 * 1024;

    /// <summary>From so many on a process is taken to have its size from what is in use.</summary>
    public const long MuchLarger = 256 * 1024 * 1024;

    private const int Spared = 30;
    private const int SparedWhenUrgent = 10;

    private long _collected;
    private TimeSpan _pause;
    private bool _wasOfUse;

    /// <summary>
    /// Whether to collect now: thirty times as long as the last collection took is spared after it, and ten times where the process is too large and
    /// the last one made it smaller, as while the recommender trains.
    /// </summary>
    /// <param name="size">Of the process, in bytes.</param>
    public bool IsDue(long size)
    {
        var spared = size >= TooLarge && _wasOfUse ? SparedWhenUrgent : Spared;
        return size is >= Large and < MuchLarger && clock.GetElapsedTime(_collected) >= spared * _pause;
    }

    /// <summary>Says that a collection has ended.</summary>
    /// <param name="started">A timestamp of the clock.</param>
    /// <param name="left">The size of the process since, in bytes.</param>
    public void Collected(long started, long left)
    {
        _collected = clock.GetTimestamp();
        _pause = clock.GetElapsedTime(started, _collected);
        _wasOfUse = left < TooLarge;
    }
}
