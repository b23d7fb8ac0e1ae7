using Shop.Bench.Load;
using Shop.Bench.Machine;

namespace Shop.Bench.Scenarios;

/// <summary>Which server a side of a comparison drives.</summary>
internal enum Server
{
    /// <summary>The shop, on the catalog of the size asked for.</summary>
    Shop,

    /// <summary>The limit program, on the shop's database.</summary>
    Limit,

    /// <summary>The shop, on a million products.</summary>
    LargeShop,
}

/// <summary>A row of the table: two loads in turn, and the ratio of what they reach.</summary>
internal sealed record Scenario
{
    /// <summary>What the command line calls it.</summary>
    public required string Name { get; init; }

    /// <summary>What is measured.</summary>
    public required string Title { get; init; }

    /// <summary>What it is compared with.</summary>
    public required string Against { get; init; }

    /// <summary>The ratio that must be reached.</summary>
    public required double Floor { get; init; }

    /// <summary>The ratio to reach.</summary>
    public required double Goal { get; init; }

    /// <summary>Whether the shop may cache.</summary>
    public bool Cached { get; init; }

    /// <summary>For how many times the length of a round each side is warmed up.</summary>
    public int WarmUp { get; init; } = 4;

    public Server Subject { get; init; } = Server.Shop;

    public Server Reference { get; init; } = Server.Limit;

    /// <summary>Why it can't be measured with this catalog, or null.</summary>
    public Func<Catalog, string?> Obstacle { get; init; } = _ => null;

    /// <summary>Prepares both loads on running servers.</summary>
    public required Func<Stage, Task<Loads>> Prepare { get; init; }
}

/// <summary>Both sides' loads.</summary>
internal sealed record Loads(ILoad Subject, ILoad Reference)
{
    /// <summary>Paths whose answers have to be the same bytes on both servers, or the comparison is none.</summary>
    public IReadOnlyList<(string Subject, string Reference)> SameAnswers { get; init; } = [];

    /// <summary>What is missing of the scenario, or null.</summary>
    public string? Note { get; init; }
}

/// <summary>What a scenario finds when it prepares.</summary>
internal sealed record Stage(Uri Subject, Uri Reference, Catalog Catalog);
