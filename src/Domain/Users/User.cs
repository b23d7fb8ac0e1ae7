using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Domain.Users;

/// <summary>A person who uses the shop. How they prove it is them (password, sessions) is not the domain's business.</summary>
public sealed class User : AggregateRoot
{
    /// <summary>The role that may do everything.</summary>
    public const string AdminRole = "admin";

    /// <summary>Usernames that begin so belong to imported customers.</summary>
    public const string ImportedPrefix = "customer-";

    /// <summary>The longest username.</summary>
    public const int MaxUsernameLength = 50;

    /// <summary>The longest e-mail address (RFC 5321).</summary>
    public const int MaxEmailLength = 254;

    /// <summary>The longest first or last name.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The longest gender.</summary>
    public const int MaxGenderLength = 50;

    private readonly List<UserRole> _roles = [];
    private readonly List<Order> _orders = [];

    private User()
    {
    }

    /// <summary>Unique without regard to case; 3 to 50 letters, digits, <c>.</c>, <c>_</c>, <c>-</c>.</summary>
    public string Username { get; private set; } = "";

    /// <summary>Unique without regard to case; null for who gave none.</summary>
    public string? Email { get; private set; }

    /// <summary>First name, or null.</summary>
    public string? FirstName { get; private set; }

    /// <summary>Last name, or null.</summary>
    public string? LastName { get; private set; }

    /// <summary>In the person's own words, or null.</summary>
    public string? Gender { get; private set; }

    /// <summary>When the person was erased, UTC; null for who is still there.</summary>
    public DateTimeOffset? ErasedAt { get; private set; }

    /// <summary>What the person may do beyond a customer's rights.</summary>
    public IReadOnlyList<UserRole> Roles => _roles;

    /// <summary>What the person ordered; for queries alone, never loaded.</summary>
    public IReadOnlyList<Order> Orders => _orders;

    /// <summary>Whether the person may do everything.</summary>
    public bool IsAdmin => _roles.Exists(role => role.Role == AdminRole);

    /// <summary>A new person, without roles.</summary>
    /// <param name="username">A valid username.</param>
    /// <param name="profile">What they say of themselves.</param>
    /// <param name="now">The present, UTC.</param>
    public static User Register(string username, UserProfile profile, DateTimeOffset now)
    {
        var user = new User { CreatedAt = now };
        user.Describe(username, profile, now);
        user.Raise(new UserRegistered(now));
        return user;
    }

    /// <summary>Replaces what the person says of themselves.</summary>
    /// <param name="username">A valid username.</param>
    /// <param name="profile">The new profile.</param>
    /// <param name="now">The present, UTC.</param>
    /// <returns>Whether the e-mail address is another now, or gone: nobody has proved yet that the new one is theirs.</returns>
    public bool Edit(string username, UserProfile profile, DateTimeOffset now)
    {
        var isNewAddress = profile.Email != Email;
        Describe(username, profile, now);
        if (isNewAddress)
        {
            RaiseOnce(new UserEmailChanged(now));
        }

        return isNewAddress;
    }

    /// <summary>Gives exactly these roles.</summary>
    /// <param name="roles">Known role names.</param>
    /// <param name="now">The present, UTC.</param>
    public void AssignRoles(IReadOnlyCollection<string> roles, DateTimeOffset now)
    {
        _roles.RemoveAll(role => !roles.Contains(role.Role));
        _roles.AddRange(roles.Where(role => !_roles.Exists(known => known.Role == role)).Select(role => new UserRole(role)));
        UpdatedAt = now;
    }

    /// <summary>Forgets the person; the row stays, since orders refer to it, under a name that nobody can register.</summary>
    /// <param name="now">The present, UTC.</param>
    public void Erase(DateTimeOffset now)
    {
        Username = $"erased:{Id}";
        (Email, FirstName, LastName, Gender) = (null, null, null, null);
        _roles.Clear();
        (ErasedAt, UpdatedAt) = (now, now);
    }

    private void Describe(string username, UserProfile profile, DateTimeOffset now)
    {
        Username = username;
        (Email, FirstName, LastName, Gender) = (profile.Email, profile.FirstName, profile.LastName, profile.Gender);
        UpdatedAt = now;
    }
}

/// <summary>What a person says of themselves; each may be missing.</summary>
/// <param name="Email">A valid e-mail address.</param>
/// <param name="FirstName">First name.</param>
/// <param name="LastName">Last name.</param>
/// <param name="Gender">In their own words.</param>
public sealed record UserProfile(string? Email, string? FirstName, string? LastName, string? Gender);

/// <summary>A role that a person has.</summary>
/// <param name="Role">The role's name.</param>
public sealed record UserRole(string Role);
