using Shop.Domain.Common;

namespace Shop.Domain.Addresses;

/// <summary>What kept addresses are refused for.</summary>
public static class UserAddressErrors
{
    /// <summary>No such address, or not the caller's.</summary>
    public static Error NotFound => new(ErrorKind.NotFound, "address_not_found", "You have no such address.");

    /// <summary>The user keeps as many as there is room for.</summary>
    public static Error TooMany =>
        new(ErrorKind.Conflict, "too_many_addresses", $"There is room for {UserAddress.MaxPerUser} addresses; remove one first.");
}
