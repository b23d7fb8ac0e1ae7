namespace Shop.Infrastructure.IntegrationTests.Payments.Stripe;

/// <summary>A clock for waiting without time: short waits end at once and set it forward, long ones when a test sets it forward.</summary>
internal sealed class StripeClock : TimeProvider
{
    private static readonly TimeSpan LongestShortWait = TimeSpan.FromSeconds(4);

    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private readonly List<TimeSpan> _waits = [];
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The short waits so far.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_gate)
                return [.. _waits];
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Advance(TimeSpan time)
    {
        List<Alarm> due;
        lock (_gate)
        {
            _now += time;
            due = [.. _alarms.Where(alarm => alarm.At <= _now)];
            _alarms.RemoveAll(due.Contains);
        }

        due.ForEach(alarm => alarm.Ring());
    }

    private void Set(Alarm alarm, TimeSpan due)
    {
        lock (_gate)
        {
            _alarms.Remove(alarm);
            if (due == Timeout.InfiniteTimeSpan)
                return;

            if (due > LongestShortWait)
            {
                alarm.At = _now + due;
                _alarms.Add(alarm);
                return;
            }

            _waits.Add(due);
            _now += due;
        }

        alarm.Ring();
    }

    private sealed class Alarm(StripeClock clock, Action callback) : ITimer
    {
        public DateTimeOffset At { get; set; }

        public void Ring() => ThreadPool.UnsafeQueueUserWorkItem(_ => callback(), null);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Set(this, dueTime);
            return true;
        }

        public void Dispose() => clock.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
