using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Users;

/// <summary>
/// Erases a person: oneself, or anybody for an admin. Name, e-mail and addresses are gone, their listings leave the catalog, their active
/// orders are cancelled; other orders stay without a name.
/// </summary>
/// <param name="Id">Which user.</param>
/// <param name="Expected">The version that the caller has seen.</param>
[Access(Who.SignedIn)]
public sealed record EraseUser(long Id, ExpectedVersion? Expected) : ICommand<UserAnswer>;

internal sealed class EraseUserHandler(
    IRepository<User> users, IAccounts accounts, IPersonalData personalData, ILocks locks, ICurrentUser caller, TimeProvider clock)
    : IRequestHandler<EraseUser, Result<UserAnswer>>
{
    public async Task<Result<UserAnswer>> Handle(EraseUser command, CancellationToken cancellationToken)
    {
        await locks.TakeAsync(LockNames.Admins, cancellationToken);
        await locks.TakeAsync(LockNames.User(command.Id), cancellationToken);
        if (!caller.MayActFor(command.Id)
            || await users.FindForUpdateAsync(UserSpecs.ById(command.Id), cancellationToken) is not { } user)
        {
            return UserErrors.NotFound;
        }

        if (ExpectedVersion.Refusal(command.Expected, user) is { } stale)
        {
            return stale;
        }

        if (user.IsAdmin && await users.CountAsync(UserSpecs.Admins(), cancellationToken) == 1)
        {
            return UserErrors.LastAdmin;
        }

        await accounts.CloseAsync(user.Id, cancellationToken);
        await personalData.EraseAsync(user.Id, cancellationToken);
        user.Erase(clock.GetUtcNow());
        return UserAnswer.Of(user);
    }
}
