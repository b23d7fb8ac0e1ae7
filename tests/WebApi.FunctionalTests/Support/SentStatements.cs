using System.Collections.Concurrent;
using System.Diagnostics;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>
/// Every statement that requests send to PostgreSQL, by whatever way: EF Core's and those written by hand end in the driver, which traces
/// them. A request is known by the trace that it says it belongs to, so that others beside it don't count.
/// </summary>
internal sealed class SentStatements : IDisposable
{
    private readonly ConcurrentDictionary<ActivityTraceId, ConcurrentQueue<string>> _traces = new();
    private readonly ActivityListener _listener;

    public SentStatements()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref options) => _traces.ContainsKey(options.Parent.TraceId) ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("db.query.text") is string text && _traces.TryGetValue(activity.TraceId, out var statements))
                {
                    statements.Enqueue(text);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>What a request sends; statements that go together in one trip are one text.</summary>
    /// <param name="send">Sends the request with this header.</param>
    public async Task<IReadOnlyList<string>> OfAsync(Func<(string Name, string Value), Task> send)
    {
        var trace = ActivityTraceId.CreateRandom();
        _traces[trace] = [];
        await send(("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01"));
        return [.. _traces[trace]];
    }

    public void Dispose() => _listener.Dispose();
}
