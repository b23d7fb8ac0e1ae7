using System.Globalization;
using Shop.Bench;
using Shop.Bench.Machine;
using Shop.Infrastructure.LocalDatabase;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using var interruption = new Interruption();
try
{
    return args switch
    {
        ["run", .. var rest] => await RunVerb.RunAsync(rest),
        ["checkout", .. var rest] => await CheckoutVerb.RunAsync(rest),
        ["analytics", .. var rest] => await AnalyticsVerb.RunAsync(rest),
        ["import", .. var rest] => await ImportVerb.RunAsync(rest),
        ["memory", .. var rest] => await MemoryVerb.RunAsync(rest),
        _ => throw new BenchException("Start this by bench/run, bench/checkout, bench/analytics, bench/import or bench/memory."),
    };
}
catch (Exception exception) when (exception is BenchException or LocalDatabaseException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
finally
{
    Interruption.GiveWay();
    Workplace.Remove();
}
