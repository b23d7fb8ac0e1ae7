using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Addresses;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Addresses;

/// <summary>The caller's addresses, newest first.</summary>
/// <param name="UserId">Whose they are.</param>
/// <param name="Page">Which page.</param>
[Access(Who.SignedIn)]
public sealed record ListAddresses(long UserId, PageRequest Page) : IPagedQuery<AddressAnswer>;

internal sealed class ListAddressesHandler(IRepository<UserAddress> addresses, ICurrentUser caller)
    : IRequestHandler<ListAddresses, Result<Page<AddressAnswer>>>
{
    public async Task<Result<Page<AddressAnswer>>> Handle(ListAddresses query, CancellationToken cancellationToken) =>
        query.UserId == caller.Id
            ? await addresses.GetPageAsync<AddressAnswer>(UserAddressSpecs.Of(query.UserId), query.Page, cancellationToken)
            : UserErrors.NotFound;
}
