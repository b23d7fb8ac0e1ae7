using Shop.Infrastructure;
using Shop.Infrastructure.Audit;
using Shop.Infrastructure.Startup;

namespace Shop.WebApi.Startup;

/// <summary>What the verbs do.</summary>
internal static class Verbs
{
    public static async Task<int> MigrateAsync(IServiceProvider services, string[] args)
    {
        await ShopDatabase.MigrateAsync(services, CancellationToken.None);
        Console.WriteLine("The database is up to date.");
        return 0;
    }

    public static async Task<int> SeedAsync(IServiceProvider services, string[] args)
    {
        await ShopDatabase.MigrateAsync(services, CancellationToken.None);
        var filled = await ShopDatabase.SeedAsync(services, CancellationToken.None);
        Console.WriteLine(filled ? "The shop has a demo catalog, customers, orders and reviews now." : "The shop has products already; nothing was changed.");
        return 0;
    }

    public static Task<int> ScriptAsync(IServiceProvider services, string[] args)
    {
        var kind = args switch
        {
            ["script", "--database", var name] when Enum.TryParse<DatabaseKind>(name, ignoreCase: true, out var named) && named != DatabaseKind.Local => named,
            ["script"] => DatabaseKind.PostgreSql,
            _ => throw new SettingException("Usage: ./run script --database PostgreSql|SqlServer"),
        };
        Console.Write(ShopDatabase.Script(kind));
        return Task.FromResult(0);
    }

    public static async Task<int> AuditAsync(IServiceProvider services, string[] args)
    {
        var findings = await ShopAudit.RunAsync(services, CancellationToken.None);
        foreach (var finding in findings)
        {
            Console.WriteLine(finding);
        }

        var broken = findings.Count(finding => !finding.Holds);
        Console.WriteLine(broken == 0 ? $"All {findings.Count} invariants hold." : $"{broken} of {findings.Count} invariants are broken.");
        return broken == 0 ? 0 : 1;
    }
}
