using System.Collections.Concurrent;
using System.Globalization;
using Shop.Bench.Load;

namespace Shop.Bench.Checkout;

/// <summary>What all buyers saw.</summary>
internal sealed class Tally
{
    private const int Shown = 10;

    private readonly ConcurrentDictionary<long, bool> _orders = new();
    private readonly ConcurrentDictionary<string, long> _done = new();
    private readonly ConcurrentDictionary<string, long> _refused = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentQueue<string> _contradictions = new();

    /// <summary>Whether no server failed and nothing that was repeated had another effect.</summary>
    public bool IsClean => _failures.IsEmpty && _contradictions.IsEmpty;

    /// <summary>Counts an answer.</summary>
    /// <param name="what">The request, as a person calls it.</param>
    /// <param name="answer">What came.</param>
    public void Count(string what, Answer answer)
    {
        if (answer.ServerFailed)
            _failures.Enqueue($"{what}: {(int)answer.Status} {answer.Body}");
        else if (answer.Succeeded)
            _done.AddOrUpdate(what, 1, (_, count) => count + 1);
        else
            _refused.AddOrUpdate($"{(int)answer.Status} {answer.Code}", 1, (_, count) => count + 1);
    }

    /// <summary>A request that got no answer at all.</summary>
    public void Broke(string message) => _failures.Enqueue(message);

    /// <summary>An order that was placed; however often it is told of, it counts once.</summary>
    public void Placed(long order) => _orders[order] = true;

    /// <summary>The shop broke a promise that can be seen from outside.</summary>
    public void Contradiction(string message) => _contradictions.Enqueue(message);

    public void Print(Round round)
    {
        Write($"orders placed: {_orders.Count}, {_orders.Count / round.Seconds:0.0} a second; one step of a buyer took {round.P50:0} ms (median), {round.P99:0} ms (p99)");
        Print("done", _done.OrderByDescending(each => each.Value).Select(each => $"{each.Value,8} {each.Key}"));
        Print("refused", _refused.OrderByDescending(each => each.Value).Select(each => $"{each.Value,8} {each.Key}"));
        Print($"failures of a server ({_failures.Count})", _failures.Take(Shown));
        Print($"broken promises ({_contradictions.Count})", _contradictions.Take(Shown));
    }

    private static void Print(string title, IEnumerable<string> lines)
    {
        Console.WriteLine($"{title}:");
        foreach (var line in lines.DefaultIfEmpty("none"))
            Console.WriteLine($"  {line}");
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
