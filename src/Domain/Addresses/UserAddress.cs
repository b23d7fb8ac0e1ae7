using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Domain.Addresses;

/// <summary>An address that a user keeps for the next order. Orders hold a copy of their own.</summary>
public sealed class UserAddress : AggregateRoot
{
    /// <summary>The most addresses that one user keeps.</summary>
    public const int MaxPerUser = 50;

    private UserAddress()
    {
    }

    /// <summary>Whose it is.</summary>
    public long UserId { get; private set; }

    /// <summary>The address itself.</summary>
    public Address Address { get; private set; } = null!;

    /// <summary>A new address.</summary>
    /// <param name="userId">Whose it is.</param>
    /// <param name="address">The address itself.</param>
    /// <param name="now">The present, UTC.</param>
    public static UserAddress Of(long userId, Address address, DateTimeOffset now) =>
        new() { UserId = userId, Address = address, CreatedAt = now, UpdatedAt = now };

    /// <summary>Writes another address in its place.</summary>
    /// <param name="address">The new address.</param>
    /// <param name="now">The present, UTC.</param>
    public void Replace(Address address, DateTimeOffset now) => (Address, UpdatedAt) = (address, now);
}
