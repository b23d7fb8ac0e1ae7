namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>A clock that a test sets forward; timers run as ever.</summary>
public sealed class FakeClock : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public void Advance(TimeSpan time) => _ahead += time;
}
