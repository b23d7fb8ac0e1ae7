using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Shop.Application.Common;
using Shop.Application.Common.Mapping;
using Shop.Domain.Users;

namespace Shop.Application.Users;

/// <summary>A user as they and admins see them.</summary>
public record UserAnswer : IVersioned
{
    /// <summary>The user's id.</summary>
    public required long Id { get; init; }

    /// <summary>Unique without regard to case.</summary>
    public required string Username { get; init; }

    /// <summary>Unique without regard to case, or null.</summary>
    public required string? Email { get; init; }

    /// <summary>First name.</summary>
    public required string? FirstName { get; init; }

    /// <summary>Last name.</summary>
    public required string? LastName { get; init; }

    /// <summary>In the person's own words.</summary>
    public required string? Gender { get; init; }

    /// <summary>What they may do beyond a customer's rights: <c>admin</c>, or nothing.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>When they registered, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When their data was last edited, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Counts the edits.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    [JsonIgnore]
    string IVersioned.VersionTag => VersionTag.Of(Version);

    private static readonly Expression<Func<User, UserAnswer>> Selector = user => new UserAnswer
    {
        Id = user.Id,
        Username = user.Username,
        Email = user.Email,
        FirstName = user.FirstName,
        LastName = user.LastName,
        Gender = user.Gender,
        Roles = user.Roles.Select(role => role.Role).ToList(),
        CreatedAt = user.CreatedAt,
        UpdatedAt = user.UpdatedAt,
        Version = user.Version,
    };

    private static readonly Func<User, UserAnswer> Select = Selector.Compile();

    /// <summary>The answer of a user in memory, who may not be saved yet.</summary>
    /// <param name="user">The user.</param>
    internal static UserAnswer Of(User user) => Select(user);

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<User, UserAnswer>().ConvertUsing(Selector);
    }
}
