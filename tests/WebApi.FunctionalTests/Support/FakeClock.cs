namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>A clock that a test sets forward; timers run as ever.</summary>
public sealed class FakeClock : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public override long GetTimestamp() => base.GetTimestamp() + (long)(_ahead.TotalSeconds * TimestampFrequency);

    public void Advance(TimeSpan time) => _ahead += time;
}
