using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Users;

/// <summary>Sets a new password with the token of a mail, and ends all sign-ins of that user.</summary>
/// <param name="Token">What the mail of <c>forgot_password</c> holds; good once, for an hour.</param>
/// <param name="NewPassword">8 to 128 characters.</param>
[Access(Who.Anyone)]
public sealed record ResetPassword(string? Token, string? NewPassword) : ICommand;

internal sealed class ResetPasswordRules : AbstractValidator<ResetPassword>
{
    public ResetPasswordRules()
    {
        RuleFor(command => command.Token).RequiredText(200);
        RuleFor(command => command.NewPassword).NotNull().WithMessage("A new password is required.").Password();
    }
}

internal sealed class ResetPasswordHandler(
    IRepository<User> users, IMailedTokens tokens, IAccounts accounts, ISessions sessions, ISignInThrottle throttle)
    : IRequestHandler<ResetPassword, Result>
{
    public async Task<Result> Handle(ResetPassword command, CancellationToken cancellationToken)
    {
        if (await tokens.FindUserAsync(command.Token!, MailedTokenPurpose.Reset, cancellationToken) is not { } userId
            || await users.FindForUpdateAsync(UserSpecs.ById(userId), cancellationToken) is not { Email: { } email } user
            || !await tokens.UseAsync(command.Token!, MailedTokenPurpose.Reset, email, cancellationToken))
        {
            return UserErrors.BadMailedToken;
        }

        await accounts.SetPasswordAsync(userId, command.NewPassword!, cancellationToken);
        await accounts.ConfirmEmailAsync(userId, cancellationToken);
        await sessions.EndAllAsync(userId, cancellationToken);
        await tokens.EndAllAsync(userId, cancellationToken);

        // Whoever forgot their password has often guessed at it before
        await throttle.ForgetAsync(email, cancellationToken);
        await throttle.ForgetAsync(user.Username, cancellationToken);
        return Result.Ok;
    }
}
