namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>Requests that are sent at one moment, each on a connection of its own.</summary>
internal static class AtOnce
{
    /// <summary>Gets everybody ready, lets all go, and waits for all.</summary>
    public static async Task<IReadOnlyList<Answer>> AllAsync(params IEnumerable<Func<Task<Answer>>> requests)
    {
        var all = requests.ToList();
        using var ready = new CountdownEvent(all.Count);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = all.ConvertAll(request => Task.Run(async () =>
        {
            ready.Signal();
            await go.Task;
            return await request();
        }));
        ready.Wait();
        go.SetResult();
        return await Task.WhenAll(running);
    }
}
