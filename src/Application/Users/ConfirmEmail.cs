using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Users;

/// <summary>Confirms an e-mail address with the token of a mail.</summary>
/// <param name="Token">What the mail holds; good once, for three days, and while the address is the user's.</param>
[Access(Who.Anyone)]
public sealed record ConfirmEmail(string? Token) : ICommand;

internal sealed class ConfirmEmailRules : AbstractValidator<ConfirmEmail>
{
    public ConfirmEmailRules() => RuleFor(command => command.Token).RequiredText(200);
}

internal sealed class ConfirmEmailHandler(IRepository<User> users, IMailedTokens tokens, IAccounts accounts) : IRequestHandler<ConfirmEmail, Result>
{
    public async Task<Result> Handle(ConfirmEmail command, CancellationToken cancellationToken)
    {
        if (await tokens.FindUserAsync(command.Token!, MailedTokenPurpose.Confirm, cancellationToken) is not { } userId
            || await users.FindForUpdateAsync(UserSpecs.ById(userId), cancellationToken) is not { Email: { } email }
            || !await tokens.UseAsync(command.Token!, MailedTokenPurpose.Confirm, email, cancellationToken))
        {
            return UserErrors.BadMailedToken;
        }

        await accounts.ConfirmEmailAsync(userId, cancellationToken);
        return Result.Ok;
    }
}
