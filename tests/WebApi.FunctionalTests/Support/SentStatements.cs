using System.Collections.Concurrent;
using System.Diagnostics;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>
/// Every statement that requests send to PostgreSQL, by whatever way: EF Core's and those written by hand end in the driver, which traces
/// them. A request is known by the trace that it says it belongs to, so that others beside it don't count. Nor does what only now and then
/// a request has to ask: the next block of ids, and who signed in, which is known for a moment.
/// </summary>
internal sealed class SentStatements : IDisposable
{
    private const string NextIds = "SELECT nextval";
    private const string SignedIn = "FROM sessions";

    private readonly ConcurrentDictionary<ActivityTraceId, ConcurrentQueue<string>> _traces = new();
    private readonly ActivityListener _listener;

    public SentStatements()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref options) => _traces.ContainsKey(options.Parent.TraceId) ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activity => Note(activity, activity.GetTagItem("db.query.text") as string),
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

    /// <summary>Counts what was sent for an activity, if a request is watched that it belongs to.</summary>
    public void Note(Activity? activity, string? text)
    {
        if (activity is not null && text is not null && !IsAskedNowAndThen(text) && _traces.TryGetValue(activity.TraceId, out var statements))
        {
            statements.Enqueue(text);
        }
    }

    public void Dispose() => _listener.Dispose();

    private static bool IsAskedNowAndThen(string text) => text.StartsWith(NextIds, StringComparison.Ordinal) || text.Contains(SignedIn, StringComparison.Ordinal);
}
