using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Orders;
using Shop.Domain.Addresses;
using Shop.Domain.Common;

namespace Shop.Application.Addresses;

/// <summary>Writes another address in the place of one of the caller's. Orders made with it keep theirs.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="Id">Which address.</param>
/// <param name="Address">The address itself; what is absent becomes empty.</param>
/// <param name="Expected">The version that the caller has seen.</param>
[Access(Who.SignedIn)]
public sealed record ReplaceAddress(long UserId, long Id, AddressInput Address, ExpectedVersion? Expected) : ICommand;

internal sealed class ReplaceAddressRules : AbstractValidator<ReplaceAddress>
{
    public ReplaceAddressRules() => RuleFor(command => command.Address).SetValidator(new AddressRules()).OverridePropertyName("");
}

internal sealed class ReplaceAddressHandler(AddressEditing editing, TimeProvider clock) : IRequestHandler<ReplaceAddress, Result>
{
    public async Task<Result> Handle(ReplaceAddress command, CancellationToken cancellationToken)
    {
        var found = await editing.FindAsync(command.UserId, command.Id, command.Expected, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        found.Value.Replace(command.Address.ToAddress(), clock.GetUtcNow());
        return Result.Ok;
    }
}

internal sealed class AddressEditing(IRepository<UserAddress> addresses, ICurrentUser caller)
{
    /// <summary>Loads and locks an address that is the caller's and that they have seen as it is.</summary>
    public async Task<Result<UserAddress>> FindAsync(long userId, long id, ExpectedVersion? expected, CancellationToken cancellationToken)
    {
        if (userId != caller.Id
            || await addresses.FindForUpdateAsync(UserAddressSpecs.OwnedBy(id, userId), cancellationToken) is not { } address)
        {
            return UserAddressErrors.NotFound;
        }

        return ExpectedVersion.Refusal(expected, address) is { } stale ? stale : address;
    }
}
