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
