using Shop.Domain.Common;

namespace Shop.Application.Abstractions;

/// <summary>Named locks that end with the transaction, for rules that span rows which don't exist yet.</summary>
public interface ILocks
{
    /// <summary>Waits for a lock and holds it until the transaction ends.</summary>
    /// <param name="name">What is locked; see <see cref="LockNames"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task TakeAsync(string name, CancellationToken cancellationToken);

    /// <summary>Waits until nobody has taken a lock, and keeps it from being taken until the transaction ends, beside others who do the same.</summary>
    /// <param name="name">What is locked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task HoldAsync(string name, CancellationToken cancellationToken);

    /// <summary>Takes a lock until the transaction ends, if nobody holds it.</summary>
    /// <param name="name">What is locked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was taken.</returns>
    Task<bool> TryTakeAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps a user from being erased until the transaction ends, beside others who do the same: what is written for them meanwhile is
    /// found by the erasure. Comes before any other lock.
    /// </summary>
    /// <param name="userId">The user.</param>
    /// <param name="gone">What the unit of work refuses with, whatever else it does, when there is no such user any more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task HoldUserAsync(long userId, Error gone, CancellationToken cancellationToken);
}

/// <summary>The locks that use cases take.</summary>
public static class LockNames
{
    /// <summary>The shape of the category tree.</summary>
    public const string CategoryTree = "category_tree";

    /// <summary>Who is an admin.</summary>
    public const string Admins = "admins";

    /// <summary>Loading a file into the catalog.</summary>
    public const string Backfill = "backfill";

    /// <summary>Whether any other system subscribes to events, for whoever stores them for none.</summary>
    public const string Subscribers = "subscribers";

    /// <summary>Training the recommender.</summary>
    public const string Training = "training";

    /// <summary>The totals of sales, for whoever adds to more of them than one order does.</summary>
    public const string SalesTotals = "sales_totals";

    /// <summary>Whether a user is there; see <see cref="ILocks.HoldUserAsync"/>. Who erases them takes it before anything of theirs.</summary>
    /// <param name="userId">The user.</param>
    public static string User(long userId) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"user:{userId}");

    /// <summary>What a user likes.</summary>
    /// <param name="userId">The user.</param>
    public static string FavoritesOf(long userId) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"favorites:{userId}");

    /// <summary>How many addresses a user keeps.</summary>
    /// <param name="userId">The user.</param>
    public static string AddressesOf(long userId) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"addresses:{userId}");

    /// <summary>Whether a person has an open cart.</summary>
    /// <param name="userId">The person.</param>
    public static string CartOf(long userId) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"cart_of_{userId}");
}
