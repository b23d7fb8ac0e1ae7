using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Addresses;
using Shop.Domain.Common;

namespace Shop.Application.Addresses;

/// <summary>Keeps one of the caller's addresses no longer. Orders made with it keep theirs.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="Id">Which address.</param>
/// <param name="Expected">The version that the caller has seen.</param>
[Access(Who.SignedIn)]
public sealed record DeleteAddress(long UserId, long Id, ExpectedVersion? Expected) : ICommand;

internal sealed class DeleteAddressHandler(AddressEditing editing, IRepository<UserAddress> addresses) : IRequestHandler<DeleteAddress, Result>
{
    public async Task<Result> Handle(DeleteAddress command, CancellationToken cancellationToken)
    {
        var found = await editing.FindAsync(command.UserId, command.Id, command.Expected, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        addresses.Remove(found.Value);
        return Result.Ok;
    }
}
