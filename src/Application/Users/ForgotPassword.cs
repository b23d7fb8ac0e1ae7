using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Users;

/// <summary>Mails a token that lets the owner of an address set a new password. The answer is the same whether anybody has that address or not.</summary>
/// <remarks>Manages its transaction, since what was asked for is counted before it is written down.</remarks>
/// <param name="Email">The account's e-mail address.</param>
[Access(Who.Anyone)]
public sealed record ForgotPassword(string? Email) : ICommand, IManagesTransactions;

internal sealed class ForgotPasswordRules : AbstractValidator<ForgotPassword>
{
    public ForgotPasswordRules() => RuleFor(command => command.Email).NotNull().WithMessage("An e-mail address is required.").Email();
}

internal sealed class ForgotPasswordHandler(IAccountRequests requests) : IRequestHandler<ForgotPassword, Result>
{
    public Task<Result> Handle(ForgotPassword command, CancellationToken cancellationToken) =>
        requests.MakeAsync(MailedTokenPurpose.Reset, command.Email!, cancellationToken);
}
