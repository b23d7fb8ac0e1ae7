using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.ObjectPool;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.Paging;

/// <summary>Makes cursors that clients can neither read nor forge, bound to the list that they belong to.</summary>
/// <remarks>
/// Data protection derives keys anew for every text, which costs a page more than all else of its cursor. So it protects one key of this
/// process alone, which every cursor carries in front (envelope encryption): another node, or this one after a restart, unwraps that key
/// once and knows it from then on. The cursor itself is AES-GCM under it, with a number that is used once for a nonce and its list as associated data.
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

    private readonly IDataProtector _protector = protection.CreateProtector("Shop.Cursor.v4");
    private readonly ConcurrentDictionary<string, ObjectPool<AesGcm>> _ciphers = new();
    private readonly Lock _lock = new();
    private (string Wrapped, ObjectPool<AesGcm> Ciphers)? _own;
    private long _written;

    public string Write(object[] keys, string scope)
    {
        using var text = new MemoryStream();
        using var writer = new BinaryWriter(text);
        foreach (var key in keys)
        {
            Write(writer, key);
        }

        return Seal(text.GetBuffer().AsSpan(0, (int)text.Length), scope);
    }

    /// <summary>The keys of a cursor; null when it is forged, broken, or of another list.</summary>
    public object[]? Read(string cursor, string scope, Type[] types)
    {
        try
        {
            return Open(cursor, scope) is { } text ? Read(text, types) : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or OverflowException or ArgumentException or IOException)
        {
            return null;
        }
    }

    private static object[]? Read(byte[] text, Type[] types)
    {
        using var stream = new MemoryStream(text);
        using var reader = new BinaryReader(stream);
        var keys = new object[types.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = Read(reader, types[i]);
        }

        return stream.Position == stream.Length ? keys : null;
    }

    private string Seal(ReadOnlySpan<byte> text, string scope)
    {
        var (wrapped, ciphers) = Own();
        var message = new byte[NonceBytes + TagBytes + text.Length];
        BinaryPrimitives.WriteInt64BigEndian(message, Interlocked.Increment(ref _written));
        var cipher = ciphers.Get();
        cipher.Encrypt(Nonce(message), text, message.AsSpan(NonceBytes + TagBytes), message.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(scope));
        ciphers.Return(cipher);
        return wrapped + Separator + Base64Url.EncodeToString(message);
    }

    private byte[]? Open(string cursor, string scope)
    {
        var end = cursor.IndexOf(Separator, StringComparison.Ordinal);
        var message = end < 0 ? [] : Base64Url.DecodeFromChars(cursor.AsSpan(end + 1));
        if (message.Length <= NonceBytes + TagBytes)
        {
            return null;
        }

        var ciphers = CiphersOf(cursor.AsSpan(0, end));
        var cipher = ciphers.Get();
        try
        {
            var text = new byte[message.Length - NonceBytes - TagBytes];
            cipher.Decrypt(Nonce(message), message.AsSpan(NonceBytes + TagBytes), message.AsSpan(NonceBytes, TagBytes), text, Encoding.UTF8.GetBytes(scope));
            return text;
        }
        finally
        {
            ciphers.Return(cipher);
        }
    }

    private static Span<byte> Nonce(byte[] message) => message.AsSpan(0, NonceBytes);

    private (string Wrapped, ObjectPool<AesGcm> Ciphers) Own()
    {
        lock (_lock)
        {
            return _own ??= Make();
        }
    }

    private (string Wrapped, ObjectPool<AesGcm> Ciphers) Make()
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        return (Base64Url.EncodeToString(_protector.Protect(key)), Pool(key));
    }

    /// <summary>Only of what data protection has wrapped are any kept, and in one spelling, so that nobody fills the memory or drives out what is in use.</summary>
    private ObjectPool<AesGcm> CiphersOf(ReadOnlySpan<char> carried)
    {
        var own = Own();
        if (carried.SequenceEqual(own.Wrapped))
        {
            return own.Ciphers;
        }

        var wrapped = carried.ToString();
        if (!_ciphers.TryGetValue(wrapped, out var ciphers))
        {
            var key = Base64Url.DecodeFromChars(wrapped);
            if (Base64Url.EncodeToString(key) != wrapped)
            {
                throw new FormatException("A key has one spelling.");
            }

            ciphers = Pool(_protector.Unprotect(key));
            if (_ciphers.Count >= MostKeys)
            {
                _ciphers.Clear();
            }

            _ciphers[wrapped] = ciphers;
        }

        return ciphers;
    }

    /// <summary>To make a cipher takes longer than to use it, and it can't be used twice at once.</summary>
    private static ObjectPool<AesGcm> Pool(byte[] key) => new DefaultObjectPoolProvider().Create(new Ciphers(key));

    /// <summary>Other numbers go as text: a database may answer one in another width than its list declares.</summary>
    private static void Write(BinaryWriter writer, object key)
    {
        switch (key)
        {
            case DateTimeOffset time:
                writer.Write(time.UtcTicks);
                break;
            case long number:
                writer.Write(number);
                break;
            case Money money:
                writer.Write(money.Amount);
                break;
            case double number:
                writer.Write(number);
                break;
            default:
                writer.Write(Convert.ToString(key, CultureInfo.InvariantCulture)!);
                break;
        }
    }

    private static object Read(BinaryReader reader, Type type) =>
        type == typeof(DateTimeOffset) ? new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero)
        : type == typeof(long) ? reader.ReadInt64()
        : type == typeof(Money) ? Money.From(reader.ReadDecimal())
        : type == typeof(double) ? reader.ReadDouble()
        : Convert.ChangeType(reader.ReadString(), type, CultureInfo.InvariantCulture);

    private sealed class Ciphers(byte[] key) : PooledObjectPolicy<AesGcm>
    {
        public override AesGcm Create() => new(key, TagBytes);

        public override bool Return(AesGcm obj) => true;
    }
}
