using System.Diagnostics;

namespace Shop.Bench.Load;

/// <summary>Clients that take several steps each; what wrk can't do.</summary>
internal static class ClosedLoop
{
    /// <summary>Runs clients side by side until the time is up; the steps that they have begun by then are finished and counted.</summary>
    /// <param name="clients">How many.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="step">One round of a client, known by its number from 0; false when it failed.</param>
    public static async Task<Round> RunAsync(int clients, int seconds, Func<int, Task<bool>> step)
    {
        var clock = Stopwatch.StartNew();
        var all = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => LoopAsync(client))));
        var elapsed = clock.Elapsed.TotalSeconds;
        double[] latencies = [.. all.SelectMany(loop => loop.Latencies).Order()];
        return new Round(latencies.Length, elapsed, Percentile(latencies, 0.50), Percentile(latencies, 0.99), all.Sum(loop => loop.Refused), Broken: 0);

        async Task<(List<double> Latencies, long Refused)> LoopAsync(int client)
        {
            var (latencies, refused) = (new List<double>(), 0L);
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                var started = Stopwatch.GetTimestamp();
                refused += await step(client) ? 0 : 1;
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return (latencies, refused);
        }
    }

    private static double Percentile(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
}
