using System.Data.Common;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Identity;

/// <summary>Keeps the keys that protect tokens in the database: they survive a restart and hold on every node.</summary>
internal sealed class DataProtectionKeys(IServiceScopeFactory scopes, DbProviderFactory provider, DatabaseAddress address) : IXmlRepository
{
    /// <remarks>Every start reads them, and nothing else in it needs EF Core.</remarks>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = provider.CreateConnection()!;
        connection.ConnectionString = address.ConnectionString;
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT xml FROM data_protection_keys ORDER BY id";
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read())
        {
            keys.Add(XElement.Parse(reader.GetString(0)));
        }

        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        db.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}
