using Microsoft.Extensions.Configuration;
using Shop.Infrastructure;

namespace Shop.Bench.Scenarios;

/// <summary>What the shop can do already.</summary>
internal static class Features
{
    /// <summary>Whether it has a cache: a shop that has one refuses a wrong value of its setting.</summary>
    public static bool Cache { get; } = Refuses("Shop:Cache:Enabled", "neither");

    private static bool Refuses(string setting, string value)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Shop:Database"] = "Local", [setting] = value })
            .Build();
        try
        {
            _ = ShopSettings.From(configuration, isDevelopment: false);
            return false;
        }
        catch (SettingException)
        {
            return true;
        }
    }
}
