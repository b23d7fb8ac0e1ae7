using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.Paging;

/// <summary>Makes cursors that clients can neither read nor forge, bound to the list that they belong to.</summary>
/// <remarks>
/// Data protection derives keys anew for every text, which costs a page more than all else of its cursor. So it protects one key of this
/// process alone, which every cursor carries in front (envelope encryption): another node, or this one after a restart, unwraps that key
/// once and knows it from then on. The cursor itself is AES-GCM under it, with a number that is used once for a nonce.
/// </remarks>
internal sealed class CursorProtector(IDataProtectionProvider protection)
{
    /// <summary>The answer to a cursor that can't be read.</summary>
    public static readonly Error Invalid =
        ValidationErrors.Of("cursor", "This cursor does not belong to this list; begin again without one.");

    private const char Separator = '.';
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>One for each start of a node whose cursors are about.</summary>
    private const int MostKeys = 100;

    private readonly IDataProtector _protector = protection.CreateProtector("Shop.Cursor.v2");
    private readonly ConcurrentDictionary<string, byte[]> _keys = new();
    private readonly Lock _lock = new();
    private (string Wrapped, byte[] Key)? _own;
    private long _written;

    public string Write(object[] keys, string scope)
    {
        string[] parts = [Hash(scope), .. keys.Select(Write)];
        return Seal(JsonSerializer.SerializeToUtf8Bytes(parts));
    }

    /// <summary>The keys of a cursor; null when it is forged, broken, or of another list.</summary>
    public object[]? Read(string cursor, string scope, Type[] types)
    {
        try
        {
            return Open(cursor) is { } text && JsonSerializer.Deserialize<string[]>(text) is { } parts
                && parts.Length == types.Length + 1 && parts[0] == Hash(scope)
                ? [.. types.Select((type, i) => Read(parts[i + 1], type))]
                : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private string Seal(byte[] text)
    {
        var (wrapped, key) = Own();
        var message = new byte[NonceBytes + TagBytes + text.Length];
        BinaryPrimitives.WriteInt64BigEndian(message, Interlocked.Increment(ref _written));
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(Nonce(message), text, message.AsSpan(NonceBytes + TagBytes), message.AsSpan(NonceBytes, TagBytes));
        return wrapped + Separator + Base64Url.EncodeToString(message);
    }

    private byte[]? Open(string cursor)
    {
        var end = cursor.IndexOf(Separator, StringComparison.Ordinal);
        var message = end < 0 ? [] : Base64Url.DecodeFromChars(cursor.AsSpan(end + 1));
        if (message.Length <= NonceBytes + TagBytes)
        {
            return null;
        }

        using var cipher = new AesGcm(KeyOf(cursor[..end]), TagBytes);
        var text = new byte[message.Length - NonceBytes - TagBytes];
        cipher.Decrypt(Nonce(message), message.AsSpan(NonceBytes + TagBytes), message.AsSpan(NonceBytes, TagBytes), text);
        return text;
    }

    private static Span<byte> Nonce(byte[] message) => message.AsSpan(0, NonceBytes);

    private (string Wrapped, byte[] Key) Own()
    {
        lock (_lock)
        {
            return _own ??= Make();
        }
    }

    private (string Wrapped, byte[] Key) Make()
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        return (Base64Url.EncodeToString(_protector.Protect(key)), key);
    }

    /// <summary>Only what data protection has wrapped is kept, so that nobody fills the memory with keys of their own.</summary>
    private byte[] KeyOf(string wrapped)
    {
        if (!_keys.TryGetValue(wrapped, out var key))
        {
            key = _protector.Unprotect(Base64Url.DecodeFromChars(wrapped));
            if (_keys.Count >= MostKeys)
            {
                _keys.Clear();
            }

            _keys[wrapped] = key;
        }

        return key;
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
