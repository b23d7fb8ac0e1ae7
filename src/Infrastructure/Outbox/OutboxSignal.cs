namespace Shop.Infrastructure.Outbox;

/// <summary>Wakes this node's workers when a transaction left them something to do; other nodes look by themselves.</summary>
internal sealed class OutboxSignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Ends at the next wake-up. Taken before looking for work, so that none is slept through.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Wakes all who wait.</summary>
    public void Wake() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
