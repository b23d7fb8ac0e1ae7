using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Users;

/// <summary>One user: oneself, or anybody for an admin.</summary>
/// <param name="Id">The user's id; null for oneself.</param>
[Access(Who.SignedIn)]
public sealed record GetUser(long? Id) : IQuery<UserAnswer>;

internal sealed class GetUserHandler(IRepository<User> users, ICurrentUser caller) : IRequestHandler<GetUser, Result<UserAnswer>>
{
    public async Task<Result<UserAnswer>> Handle(GetUser query, CancellationToken cancellationToken)
    {
        var id = query.Id ?? caller.RequiredId;
        return caller.MayActFor(id) && await users.GetAsync<UserAnswer>(UserSpecs.ById(id), cancellationToken) is { } user
            ? user
            : UserErrors.NotFound;
    }
}
