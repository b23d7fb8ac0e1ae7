using Shop.Domain.Common;

namespace Shop.Domain.Addresses;

/// <summary>The queries over kept addresses.</summary>
public static class UserAddressSpecs
{
    /// <summary>A user's addresses, newest first.</summary>
    /// <param name="userId">The user.</param>
    public static Specification<UserAddress> Of(long userId) =>
        new(query => query
            .Where(address => address.UserId == userId)
            .OrderByDescending(address => address.CreatedAt)
            .OrderByDescending(address => address.Id));

    /// <summary>The address of that id, if it is theirs.</summary>
    /// <param name="id">The address's id.</param>
    /// <param name="userId">Whose it must be.</param>
    public static Specification<UserAddress> OwnedBy(long id, long userId) =>
        new(query => query.Where(address => address.Id == id && address.UserId == userId));
}
