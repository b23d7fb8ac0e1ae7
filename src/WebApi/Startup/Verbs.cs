using Shop.Infrastructure;
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
}
