using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Users;

/// <summary>Changes the caller's password and ends all their sign-ins.</summary>
/// <param name="CurrentPassword">The password until now.</param>
/// <param name="NewPassword">8 to 128 characters.</param>
[Access(Who.SignedIn)]
public sealed record ChangePassword(string? CurrentPassword, string? NewPassword) : ICommand, IChecksPassword
{
    string IChecksPassword.AccountOf(ICurrentUser caller) => $"#{caller.RequiredId}";
}

internal sealed class ChangePasswordRules : AbstractValidator<ChangePassword>
{
    public ChangePasswordRules()
    {
        RuleFor(command => command.CurrentPassword).RequiredText(128);
        RuleFor(command => command.NewPassword).NotNull().WithMessage("A new password is required.").Password();
    }
}

internal sealed class ChangePasswordHandler(
    IRepository<User> users, IAccounts accounts, ISignInThrottle throttle, ISessions sessions, IMailedTokens tokens, ICurrentUser caller)
    : IRequestHandler<ChangePassword, Result>
{
    public async Task<Result> Handle(ChangePassword command, CancellationToken cancellationToken)
    {
        if (await users.FindForUpdateAsync(UserSpecs.ById(caller.RequiredId), cancellationToken) is null)
        {
            return UserErrors.NotSignedIn;
        }

        if (await accounts.CheckPasswordAsync(caller.RequiredId, command.CurrentPassword!, cancellationToken) is null)
        {
            return UserErrors.WrongPassword;
        }

        // As for signing in: guesses sent all at once wait here for each other, long after each was let in
        if (await throttle.RefusalAsync(((IChecksPassword)command).AccountOf(caller), cancellationToken) is { } refusal)
        {
            return refusal;
        }

        await accounts.SetPasswordAsync(caller.RequiredId, command.NewPassword!, cancellationToken);
        await sessions.EndAllAsync(caller.RequiredId, cancellationToken);
        await tokens.EndAllAsync(caller.RequiredId, cancellationToken);
        return Result.Ok;
    }
}
