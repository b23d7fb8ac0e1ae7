namespace Shop.Infrastructure.Recommendations;

/// <summary>
/// Threads for a training alone. It keeps every processor busy for seconds or minutes: on the thread pool, which has a thread a processor to begin
/// with and adds one or two a second, whoever calls the shop meanwhile would wait behind it. Between threads the system shares its processors.
/// </summary>
internal static class TrainingThreads
{
    private static readonly ThreadPerTask Scheduler = new();

    /// <summary>All processors, on threads of the training's own.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public static ParallelOptions Parallelism(CancellationToken cancellationToken) =>
        new() { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount, TaskScheduler = Scheduler };

    /// <summary>Does what takes long.</summary>
    /// <param name="work">Does it.</param>
    /// <param name="cancellationToken">Gives up before it has begun.</param>
    public static Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.DenyChildAttach, Scheduler);

    private sealed class ThreadPerTask : TaskScheduler
    {
        protected override void QueueTask(Task task) => new Thread(() => TryExecuteTask(task)) { IsBackground = true, Name = "Training" }.Start();

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
            !Thread.CurrentThread.IsThreadPoolThread && TryExecuteTask(task);

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }
}
