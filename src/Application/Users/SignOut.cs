using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Application.Users;

/// <summary>Ends a sign-in, its access tokens included.</summary>
/// <param name="RefreshToken">The newest refresh token; an unknown one is ignored.</param>
[Access(Who.Anyone)]
public sealed record SignOut(string? RefreshToken) : ICommand;

internal sealed class SignOutRules : AbstractValidator<SignOut>
{
    public SignOutRules() => RuleFor(command => command.RefreshToken).RequiredText(200);
}

internal sealed class SignOutHandler(ISessions sessions) : IRequestHandler<SignOut, Result>
{
    public async Task<Result> Handle(SignOut command, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(command.RefreshToken!, cancellationToken);
        return Result.Ok;
    }
}
