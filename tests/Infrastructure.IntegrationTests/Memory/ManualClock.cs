namespace Shop.Infrastructure.IntegrationTests.Memory;

/// <summary>A clock in milliseconds that a test sets.</summary>
internal sealed class ManualClock : TimeProvider
{
    public long Now { get; set; }

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => Now;
}
