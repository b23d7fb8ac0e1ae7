using System.Net;
using Shop.Bench.Load;
using Shop.Bench.Machine;

namespace Shop.Bench.Scenarios;

/// <summary>Measures scenarios: fresh servers, a warm-up of both sides, then the sides in turn.</summary>
internal sealed class Runner(Database database, Func<bool, Task<ShopData>> data, int rounds, int seconds)
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Measures one scenario; what goes wrong in it is its note, and the next one runs all the same.</summary>
    public async Task<ScenarioResult> MeasureAsync(Scenario scenario)
    {
        var result = new ScenarioResult(scenario.Name, scenario.Title, scenario.Against, scenario.Floor, scenario.Goal) { AgainstLimit = scenario.Reference == Server.Limit };
        try
        {
            var small = await data(false);
            return scenario.Obstacle(small.Catalog) is { } obstacle ? result with { Note = obstacle } : await MeasureAsync(scenario, result, small);
        }
        catch (Exception exception) when (!Interruption.Requested && exception is (BenchException or HttpRequestException))
        {
            return result with { Note = exception.Message };
        }
    }

    private async Task<ScenarioResult> MeasureAsync(Scenario scenario, ScenarioResult result, ShopData small)
    {
        await using var subject = await StartAsync(scenario.Subject, scenario, small);
        await using var other = scenario.Reference == scenario.Subject ? null : await StartAsync(scenario.Reference, scenario, small);
        var reference = other ?? subject;
        var idle = subject.Memory / Mebibyte;
        var loads = await scenario.Prepare(new Stage(subject.Address, reference.Address, small.Catalog));
        await CompareAsync(loads, subject.Address, reference.Address);

        await loads.Subject.RunAsync(subject.Address, scenario.WarmUp * seconds);
        await loads.Reference.RunAsync(reference.Address, scenario.WarmUp * seconds);
        var (subjects, references) = (new List<Measured>(), new List<Measured>());
        for (var round = 0; round < rounds; round++)
        {
            var (one, two) = await RoundAsync(loads, subject, reference);
            subjects.Add(one);
            references.Add(two);
        }

        return result with
        {
            Subject = Summarise(subjects),
            Reference = Summarise(references),
            Ratios = [.. subjects.Zip(references, (a, b) => a.Round.PerSecond / b.Round.PerSecond)],
            IdleMemory = idle,
            LoadedMemory = subject.Memory / Mebibyte,
            Note = Note(scenario, loads, subjects.Concat(references)),
        };
    }

    /// <summary>
    /// A server that is compared with itself comes so close that the machine's drift within a round would decide: its sides take turns of a
    /// second, until each had the whole time.
    /// </summary>
    private async Task<(Measured Subject, Measured Reference)> RoundAsync(Loads loads, App subject, App reference)
    {
        var turns = subject == reference ? seconds : 1;
        var (subjects, references) = (new List<Measured>(), new List<Measured>());
        for (var turn = 0; turn < turns; turn++)
        {
            subjects.Add(await MeasureAsync(loads.Subject, subject, seconds / turns));
            references.Add(await MeasureAsync(loads.Reference, reference, seconds / turns));
        }

        var (one, two) = (Measured.Sum(subjects), Measured.Sum(references));
        return one.Round.Requests > 0 && two.Round.Requests > 0
            ? (one, two)
            : throw new BenchException("a round brought no answer at all: give it more --seconds, on a machine that does nothing else");
    }

    private async Task<Measured> MeasureAsync(ILoad load, App app, int duration)
    {
        var (server, rows) = (app.Cpu, database.Cpu);
        var round = await load.RunAsync(app.Address, duration);
        return new Measured(round, app.Cpu - server, database.Cpu - rows);
    }

    private async Task<App> StartAsync(Server server, Scenario scenario, ShopData small)
    {
        var shop = server == Server.LargeShop ? await data(true) : small;
        return server == Server.Limit
            ? await App.StartAsync(App.Limit, new Dictionary<string, string> { ["ConnectionStrings__Shop"] = shop.ConnectionString }, "/products/1")
            : await App.StartAsync(
                App.Shop, new Dictionary<string, string>(shop.Settings) { ["Shop__Cache__Enabled"] = scenario.Cached ? "true" : "false" }, "/products/1");
    }

    private static async Task CompareAsync(Loads loads, Uri subject, Uri reference)
    {
        foreach (var (one, other) in loads.SameAnswers)
        {
            var (expected, actual) = (await new Client().GetAsync(new Uri(reference, other)), await new Client().GetAsync(new Uri(subject, one)));
            if (actual.Status != HttpStatusCode.OK || actual.Body != expected.Body)
                throw new BenchException($"{one} and {other} differ, so they can't be compared; bring bench/Limit up to date: {actual.Body} ≠ {expected.Body}");
        }
    }

    private static string? Note(Scenario scenario, Loads loads, IEnumerable<Measured> all)
    {
        string?[] notes =
        [
            loads.Note,
            scenario.Cached && !Features.Cache ? "this shop has no cache yet" : null,
            all.Sum(each => each.Round.Refused) is > 0 and var refused ? $"{refused} refused" : null,
            all.Sum(each => each.Round.Broken) is > 0 and var broken ? $"{broken} broken or over 2 s" : null,
        ];
        return notes.Any(note => note is not null) ? string.Join("; ", notes.Where(note => note is not null)) : null;
    }

    private static SideResult Summarise(List<Measured> all)
    {
        double Median(Func<Measured, double> value) => Statistics.Median(all.Select(value));
        return new SideResult(
            Median(each => each.Round.PerSecond),
            Median(each => each.Round.P50),
            Median(each => each.Round.P99),
            Median(each => each.Server.TotalMicroseconds / each.Round.Requests),
            Median(each => each.Database.TotalMicroseconds / each.Round.Requests),
            all.Sum(each => each.Round.Refused),
            all.Sum(each => each.Round.Broken));
    }

    private sealed record Measured(Round Round, TimeSpan Server, TimeSpan Database)
    {
        /// <summary>Several turns as one; latencies are the medians of those that brought an answer.</summary>
        public static Measured Sum(List<Measured> turns) => new(
            new Round(
                turns.Sum(turn => turn.Round.Requests),
                turns.Sum(turn => turn.Round.Seconds),
                Latency(turns, round => round.P50),
                Latency(turns, round => round.P99),
                turns.Sum(turn => turn.Round.Refused),
                turns.Sum(turn => turn.Round.Broken)),
            new TimeSpan(turns.Sum(turn => turn.Server.Ticks)),
            new TimeSpan(turns.Sum(turn => turn.Database.Ticks)));

        private static double Latency(List<Measured> turns, Func<Round, double> value) =>
            Statistics.Median(turns.Where(turn => turn.Round.Requests > 0).Select(turn => value(turn.Round)));
    }
}
