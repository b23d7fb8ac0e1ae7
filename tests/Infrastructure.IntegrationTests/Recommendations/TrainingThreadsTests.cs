using System.Collections.Concurrent;
using Shop.Infrastructure.Recommendations;

namespace Shop.Infrastructure.IntegrationTests.Recommendations;

[Parallelizable(ParallelScope.All)]
public sealed class TrainingThreadsTests
{
    [Test]
    public async Task A_training_takes_no_thread_of_those_that_answer_requests()
    {
        var arePooled = new ConcurrentBag<bool>();

        await TrainingThreads.RunAsync(
            () =>
            {
                arePooled.Add(Thread.CurrentThread.IsThreadPoolThread);
                Both(arePooled);
                return true;
            },
            default);

        arePooled.ShouldNotContain(true);
    }

    [Test]
    public async Task A_loop_takes_none_either_when_one_of_those_begins_it()
    {
        var arePooled = new ConcurrentBag<bool>();

        await Task.Run(() => Both(arePooled));

        arePooled.ShouldNotContain(true);
    }

    [Test]
    public async Task What_goes_wrong_reaches_who_waits()
    {
        var failed = TrainingThreads.RunAsync<int>(() => throw new ArithmeticException("The matrix is not positive definite."), default);

        await Should.ThrowAsync<ArithmeticException>(failed);
    }

    [Test]
    public void Who_gives_up_ends_a_loop()
    {
        using var given = new CancellationTokenSource();

        Should.Throw<OperationCanceledException>(() => Parallel.For(0, int.MaxValue, TrainingThreads.Parallelism(given.Token), _ => given.Cancel()));
    }

    /// <summary>A loop whose turns wait for each other where there are two processors, so that one thread alone can't do it.</summary>
    private static void Both(ConcurrentBag<bool> arePooled)
    {
        using var all = new Barrier(Math.Min(2, Environment.ProcessorCount));
        Parallel.For(0, all.ParticipantCount, TrainingThreads.Parallelism(default), _ =>
        {
            arePooled.Add(Thread.CurrentThread.IsThreadPoolThread);
            all.SignalAndWait(TimeSpan.FromMinutes(1)).ShouldBeTrue();
        });
    }
}
