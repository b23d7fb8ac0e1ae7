namespace Shop.Infrastructure.Memory;

/// <summary>When a process that has grown large has its heap collected, which every request waits for.</summary>
internal sealed class CollectionPlan(TimeProvider clock)
{
    /// <summary>The least size of a process, in bytes, that is collected.</summary>
    public const long Large = 152 * 1024 * 1024;

    /// <summary>The least size, in bytes, at which to collect is urgent.</summary>
    public const long Urgent = 168 * 1024 * 1024;

    /// <summary>The least size, in bytes, that a process is taken to have from what is in use.</summary>
    public const long InUse = 256 * 1024 * 1024;

    /// <summary>The least that a collection must bring, in bytes, for another to follow in haste.</summary>
    public const long Gain = 4 * 1024 * 1024;

    private const int Spared = 30;
    private const int SparedWhenUrgent = 10;

    private long _collected;
    private TimeSpan _pause;
    private bool _helped;

    /// <summary>
    /// Whether to collect now. Thirty times as long as the last collection took is spared after it; ten times where it is urgent, and the last one brought
    /// <see cref="Gain"/> and left less than <see cref="Urgent"/>, as while the recommender trains.
    /// </summary>
    /// <param name="size">Of the process, in bytes.</param>
    public bool IsDue(long size)
    {
        var spared = size >= Urgent && _helped ? SparedWhenUrgent : Spared;
        return size is >= Large and < InUse && clock.GetElapsedTime(_collected) >= spared * _pause;
    }

    /// <summary>Says that a collection has ended.</summary>
    /// <param name="started">A timestamp of the clock.</param>
    /// <param name="before">The size of the process then, in bytes.</param>
    /// <param name="left">Its size now.</param>
    public void Collected(long started, long before, long left)
    {
        _collected = clock.GetTimestamp();
        _pause = clock.GetElapsedTime(started, _collected);
        _helped = left < Urgent && before - left >= Gain;
    }
}
