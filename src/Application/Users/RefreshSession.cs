using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Application.Users;

/// <summary>Trades a refresh token for a new pair; a token used twice ends its family.</summary>
/// <remarks>Manages its transaction, since a token used twice is refused and yet ends its family.</remarks>
/// <param name="RefreshToken">The newest refresh token.</param>
[Access(Who.Anyone)]
public sealed record RefreshSession(string? RefreshToken) : ICommand<TokenPair>, IManagesTransactions;

internal sealed class RefreshSessionRules : AbstractValidator<RefreshSession>
{
    public RefreshSessionRules() => RuleFor(command => command.RefreshToken).RequiredText(200);
}

internal sealed class RefreshSessionHandler(ISessions sessions) : IRequestHandler<RefreshSession, Result<TokenPair>>
{
    public Task<Result<TokenPair>> Handle(RefreshSession command, CancellationToken cancellationToken) =>
        sessions.RefreshAsync(command.RefreshToken!, cancellationToken);
}
