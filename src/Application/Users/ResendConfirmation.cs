using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Users;

/// <summary>Mails a new token that confirms an address which is not confirmed yet. The answer is the same whether anybody has that address or not.</summary>
/// <remarks>Manages its transaction, since what was asked for is counted before it is written down.</remarks>
/// <param name="Email">The account's e-mail address.</param>
[Access(Who.Anyone)]
public sealed record ResendConfirmation(string? Email) : ICommand, IManagesTransactions;

internal sealed class ResendConfirmationRules : AbstractValidator<ResendConfirmation>
{
    public ResendConfirmationRules() => RuleFor(command => command.Email).NotNull().WithMessage("An e-mail address is required.").Email();
}

internal sealed class ResendConfirmationHandler(IAccountRequests requests) : IRequestHandler<ResendConfirmation, Result>
{
    public Task<Result> Handle(ResendConfirmation command, CancellationToken cancellationToken) =>
        requests.MakeAsync(MailedTokenPurpose.Confirm, command.Email!, cancellationToken);
}
