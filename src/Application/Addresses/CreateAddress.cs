using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Orders;
using Shop.Domain.Addresses;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Addresses;

/// <summary>Keeps an address of the caller's for the next order.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="Address">The address itself.</param>
[Access(Who.SignedIn)]
public sealed record CreateAddress(long UserId, AddressInput Address) : ICommand<long>;

internal sealed class CreateAddressRules : AbstractValidator<CreateAddress>
{
    public CreateAddressRules() => RuleFor(command => command.Address).SetValidator(new AddressRules()).OverridePropertyName("");
}

internal sealed class CreateAddressHandler(IRepository<UserAddress> addresses, ILocks locks, ICurrentUser caller, TimeProvider clock)
    : IRequestHandler<CreateAddress, Result<long>>
{
    public async Task<Result<long>> Handle(CreateAddress command, CancellationToken cancellationToken)
    {
        if (command.UserId != caller.Id)
        {
            return UserErrors.NotFound;
        }

        await locks.HoldUserAsync(command.UserId, UserErrors.NotSignedIn, cancellationToken);

        await locks.TakeAsync(LockNames.AddressesOf(command.UserId), cancellationToken);
        if (await addresses.CountAsync(UserAddressSpecs.Of(command.UserId), cancellationToken) >= UserAddress.MaxPerUser)
        {
            return UserAddressErrors.TooMany;
        }

        var address = UserAddress.Of(command.UserId, command.Address.ToAddress(), clock.GetUtcNow());
        await addresses.AddAsync(address, cancellationToken);
        return address.Id;
    }
}
