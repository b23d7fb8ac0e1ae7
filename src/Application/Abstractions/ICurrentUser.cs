namespace Shop.Application.Abstractions;

/// <summary>Who sends the request.</summary>
public interface ICurrentUser
{
    /// <summary>The user's id; null when nobody is signed in.</summary>
    long? Id { get; }

    /// <summary>Whether the user is an admin, as of this request.</summary>
    bool IsAdmin { get; }

    /// <summary>The network address that the request comes from; null where there is none.</summary>
    string? Address => null;

    /// <summary>The user's id, where the request's access demands that somebody is signed in.</summary>
    /// <exception cref="InvalidOperationException">Nobody is: a bug.</exception>
    long RequiredId => Id ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>Whose things the caller may see: their own, or null for an admin, who sees all.</summary>
    long? OwnerFilter => IsAdmin ? null : RequiredId;

    /// <summary>Whether the caller may act for that user: themselves, or an admin for anybody.</summary>
    /// <param name="userId">The user.</param>
    bool MayActFor(long userId) => IsAdmin || Id == userId;
}
