using System.Globalization;
using Shop.Bench.Machine;

namespace Shop.Bench;

/// <summary>The command line: names, and options with a number.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, int> _numbers = [];

    private Arguments()
    {
    }

    /// <summary>What is no option.</summary>
    public List<string> Names { get; } = [];

    /// <summary>Whether the table goes into the README.</summary>
    public bool Publish { get; private set; }

    public int this[string option] => _numbers[option];

    /// <summary>Reads a command line.</summary>
    /// <param name="args">The command line after the verb.</param>
    /// <param name="usage">Said when it is wrong.</param>
    /// <param name="options">The options with their defaults.</param>
    public static Arguments Parse(IEnumerable<string> args, string usage, params ReadOnlySpan<(string Option, int Default)> options)
    {
        var parsed = new Arguments();
        foreach (var (option, otherwise) in options)
            parsed._numbers[option] = otherwise;
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var arg))
        {
            if (arg == "--publish")
                parsed.Publish = true;
            else if (!arg.StartsWith("--", StringComparison.Ordinal))
                parsed.Names.Add(arg);
            else if (parsed._numbers.ContainsKey(arg) && rest.TryDequeue(out var text)
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
                parsed._numbers[arg] = number;
            else
                throw new BenchException(usage);
        }

        return parsed;
    }
}
