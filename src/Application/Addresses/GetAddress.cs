using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Addresses;
using Shop.Domain.Common;

namespace Shop.Application.Addresses;

/// <summary>One of the caller's addresses.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="Id">The address's id.</param>
[Access(Who.SignedIn)]
public sealed record GetAddress(long UserId, long Id) : IQuery<AddressAnswer>;

internal sealed class GetAddressHandler(IRepository<UserAddress> addresses, ICurrentUser caller)
    : IRequestHandler<GetAddress, Result<AddressAnswer>>
{
    public async Task<Result<AddressAnswer>> Handle(GetAddress query, CancellationToken cancellationToken) =>
        query.UserId == caller.Id
        && await addresses.GetAsync<AddressAnswer>(UserAddressSpecs.OwnedBy(query.Id, query.UserId), cancellationToken) is { } address
            ? address
            : UserAddressErrors.NotFound;
}
