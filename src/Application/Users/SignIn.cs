using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Carts;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Users;

/// <summary>Signs in by username or e-mail address; a guest's cart becomes the user's.</summary>
[Access(Who.Anyone)]
public sealed record SignIn : ICommand<TokenPair>, IChecksPassword
{
    /// <summary>A username or an e-mail address.</summary>
    public string? Login { get; init; }

    /// <summary>The same by another name.</summary>
    public string? Email { get; init; }

    /// <summary>The same by another name.</summary>
    public string? Username { get; init; }

    /// <summary>The password.</summary>
    public string? Password { get; init; }

    /// <summary>The guest's cart token, or null.</summary>
    [JsonIgnore]
    public string? CartToken { get; init; }

    internal string? Name => Login ?? Email ?? Username;

    string IChecksPassword.AccountOf(ICurrentUser caller) => Name!;
}

internal sealed class SignInRules : AbstractValidator<SignIn>
{
    public SignInRules()
    {
        RuleFor(command => command.Name).RequiredText(User.MaxEmailLength).OverridePropertyName(nameof(SignIn.Login));
        RuleFor(command => command.Password).RequiredText(128);
    }
}

internal sealed class SignInHandler(IRepository<User> users, IAccounts accounts, ISignInThrottle throttle, ISessions sessions, GuestCart guestCart)
    : IRequestHandler<SignIn, Result<TokenPair>>
{
    public async Task<Result<TokenPair>> Handle(SignIn command, CancellationToken cancellationToken)
    {
        var user = await FindAsync(command.Name!, cancellationToken);
        if (await accounts.CheckPasswordAsync(user?.Id, command.Password!, cancellationToken) is not { } stamp)
        {
            return UserErrors.WrongCredentials;
        }

        // Guesses sent all at once pass the check before the first of them has failed, so the right one among them is checked again
        if (await throttle.RefusalAsync(command.Name!, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        // Changing the password ends all sign-ins under the same lock: this one comes before that, or finds another stamp
        if (await users.FindForUpdateAsync(UserSpecs.ById(user!.Id), cancellationToken) is null
            || !await accounts.HasStampAsync(user.Id, stamp, cancellationToken))
        {
            return UserErrors.WrongCredentials;
        }

        await throttle.ForgetAsync(command.Name!, cancellationToken);
        await guestCart.MergeAsync(command.CartToken, user.Id, cancellationToken);
        return await sessions.OpenAsync(user.Id, cancellationToken);
    }

    /// <summary>
    /// The user whose login is spelled so but for case. Databases take more for the same (a soft hyphen is nothing to them, a full-width letter
    /// is the letter), and each such spelling would be another account to the throttle, with guesses of its own.
    /// </summary>
    private async Task<UserAnswer?> FindAsync(string login, CancellationToken cancellationToken)
    {
        var user = await users.GetAsync<UserAnswer>(UserSpecs.ByLogin(login), cancellationToken);
        return login.Equals(user?.Username, StringComparison.OrdinalIgnoreCase) || login.Equals(user?.Email, StringComparison.OrdinalIgnoreCase)
            ? user
            : null;
    }
}
