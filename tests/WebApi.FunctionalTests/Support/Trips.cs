using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Shop.Infrastructure.Persistence.PostgreSql;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>
/// Every trip to PostgreSQL that a request waits for: what the driver traces, be it one statement or many that go together, and commits, which it does not.
/// A request is known by the trace that it says it belongs to, so that others beside it don't count.
/// </summary>
internal sealed class Trips : DbTransactionInterceptor, IDisposable
{
    /// <summary>Ids are taken in blocks, so that now and then a request asks for the next one.</summary>
    private const string NextIds = "SELECT nextval";

    /// <summary>Who signed in is known for a moment, so that now and then a request asks.</summary>
    private const string SignedIn = "FROM sessions";

    private readonly ConcurrentDictionary<ActivityTraceId, ConcurrentQueue<string>> _traces = new();
    private readonly ActivityListener _listener;

    public Trips()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref options) => _traces.ContainsKey(options.Parent.TraceId) ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activity => Note(activity, activity.GetTagItem("db.query.text") as string),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Lets a shop's transactions be counted.</summary>
    public void AddTo(IServiceCollection services) => services.ConfigureDbContext<PostgreSqlShopDbContext>(options => options.AddInterceptors(this));

    /// <summary>The trips of a request, in their order.</summary>
    /// <param name="send">Sends the request with this header.</param>
    public async Task<IReadOnlyList<string>> OfAsync(Func<(string Name, string Value), Task> send)
    {
        var trace = ActivityTraceId.CreateRandom();
        _traces[trace] = [];
        await send(("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01"));
        return [.. _traces[trace]];
    }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Note(Activity.Current, "COMMIT");
        return new(result);
    }

    public void Dispose() => _listener.Dispose();

    private void Note(Activity? activity, string? text)
    {
        if (activity is not null && text is not null && !IsAskedNowAndThen(text) && _traces.TryGetValue(activity.TraceId, out var trips))
        {
            trips.Enqueue(text);
        }
    }

    private static bool IsAskedNowAndThen(string text) => text.StartsWith(NextIds, StringComparison.Ordinal) || text.Contains(SignedIn, StringComparison.Ordinal);
}
