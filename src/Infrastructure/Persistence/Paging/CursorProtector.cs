using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.Paging;

/// <summary>Makes cursors that clients can neither read nor forge, bound to the list that they belong to.</summary>
internal sealed class CursorProtector(IDataProtectionProvider protection)
{
    /// <summary>The answer to a cursor that can't be read.</summary>
    public static readonly Error Invalid =
        ValidationErrors.Of("cursor", "This cursor does not belong to this list; begin again without one.");

    private readonly IDataProtector _protector = protection.CreateProtector("Shop.Cursor.v1");

    public string Write(object[] keys, string scope)
    {
        string[] parts = [Hash(scope), .. keys.Select(Write)];
        return _protector.Protect(JsonSerializer.Serialize(parts));
    }

    /// <summary>The keys of a cursor; null when it is forged, broken, or of another list.</summary>
    public object[]? Read(string cursor, string scope, Type[] types)
    {
        try
        {
            var parts = JsonSerializer.Deserialize<string[]>(_protector.Unprotect(cursor));
            return parts is not null && parts.Length == types.Length + 1 && parts[0] == Hash(scope)
                ? [.. types.Select((type, i) => Read(parts[i + 1], type))]
                : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private static string Hash(string scope) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(scope)), 0, 12);

    private static string Write(object key) => key switch
    {
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        Money money => money.Amount.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(key, CultureInfo.InvariantCulture)!,
    };

    private static object Read(string text, Type type) =>
        type == typeof(DateTimeOffset) ? DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture)
        : type == typeof(Money) ? Money.From(decimal.Parse(text, CultureInfo.InvariantCulture))
        : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
}
