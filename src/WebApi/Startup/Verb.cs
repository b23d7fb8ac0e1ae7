namespace Shop.WebApi.Startup;

/// <summary>A command of <c>./run</c> beside starting the shop.</summary>
/// <param name="Name">What is typed.</param>
/// <param name="NeedsShop">Whether it works on the shop's database.</param>
/// <param name="Run">Does it; gets the shop's services and all arguments, answers with the exit code.</param>
internal sealed record Verb(string Name, bool NeedsShop, Func<IServiceProvider, string[], Task<int>> Run)
{
    private static readonly Verb[] All =
    [
        new("migrate", NeedsShop: true, Verbs.MigrateAsync),
        new("seed", NeedsShop: true, Verbs.SeedAsync),
        new("backfill", NeedsShop: true, BackfillVerb.RunAsync),
        new("script", NeedsShop: false, Verbs.ScriptAsync),
        new("audit", NeedsShop: true, Verbs.AuditAsync),
    ];

    /// <summary>The verb that was typed; null when the shop is to be started.</summary>
    /// <param name="args">What was typed.</param>
    public static Verb? Find(string[] args) => args is [var name, ..] ? Array.Find(All, verb => verb.Name == name) : null;

    /// <summary>Does it.</summary>
    /// <param name="services">The shop.</param>
    /// <param name="args">What was typed.</param>
    public Task<int> RunAsync(IServiceProvider services, string[] args) => Run(services, args);
}
