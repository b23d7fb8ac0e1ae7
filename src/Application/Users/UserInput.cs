using System.Security.Cryptography;
using FluentValidation;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Users;

namespace Shop.Application.Users;

/// <summary>What a person says of themselves when they open an account.</summary>
public interface IUserInput
{
    /// <summary>3 to 50 letters, digits, <c>.</c>, <c>_</c>, <c>-</c>; made if missing.</summary>
    string? Username { get; }

    /// <summary>An e-mail address.</summary>
    string? Email { get; }

    /// <summary>First name, up to 100 characters.</summary>
    string? FirstName { get; }

    /// <summary>Last name, up to 100 characters.</summary>
    string? LastName { get; }

    /// <summary>In the person's own words, up to 50 characters.</summary>
    string? Gender { get; }
}

internal sealed class UserInputRules : AbstractValidator<IUserInput>
{
    public UserInputRules()
    {
        RuleFor(input => input.Username).Username();
        RuleFor(input => input.Email).Email();
        RuleFor(input => input.FirstName).Text(User.MaxNameLength);
        RuleFor(input => input.LastName).Text(User.MaxNameLength);
        RuleFor(input => input.Gender).Text(User.MaxGenderLength);
    }
}

/// <summary>Adds a user with their account.</summary>
internal sealed class NewUser(IRepository<User> users, IAccounts accounts, TimeProvider clock)
{
    public async Task<User> AddAsync(IUserInput input, string? password, CancellationToken cancellationToken)
    {
        var profile = new UserProfile(input.Email, input.FirstName, input.LastName, input.Gender);
        var user = User.Register(input.Username ?? MakeUsername(input), profile, clock.GetUtcNow());
        await users.AddAsync(user, cancellationToken);
        await accounts.OpenAsync(user.Id, password, cancellationToken);
        return user;
    }

    private static string MakeUsername(IUserInput input)
    {
        var name = new string([.. $"{input.FirstName}.{input.LastName}".Where(c => char.IsAsciiLetterOrDigit(c) || c == '.')]).Trim('.');
        var stem = name.Length > 0 && !name.StartsWith("customer", StringComparison.OrdinalIgnoreCase) ? name[..Math.Min(name.Length, 30)].ToLowerInvariant() : "user";
        return $"{stem}-{RandomNumberGenerator.GetString("0123456789", 10)}";
    }
}
