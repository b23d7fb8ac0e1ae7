using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Common;
using Shop.Application.Orders;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Application.Addresses;

/// <summary>Changes what is given of one of the caller's addresses. Orders made with it keep theirs.</summary>
[Access(Who.SignedIn)]
public sealed record UpdateAddress : ICommand
{
    /// <summary>Whose it is.</summary>
    [JsonIgnore]
    public long UserId { get; init; }

    /// <summary>Which address.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The version that the caller has seen.</summary>
    [JsonIgnore]
    public ExpectedVersion? Expected { get; init; }

    /// <summary>Who receives it, up to 200 characters.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Street and number, up to 200 characters.</summary>
    public Optional<string> Line1 { get; init; }

    /// <summary>Anything more, up to 200 characters.</summary>
    public Optional<string> Line2 { get; init; }

    /// <summary>City, up to 200 characters.</summary>
    public Optional<string> City { get; init; }

    /// <summary>State or region, up to 200 characters.</summary>
    public Optional<string> Region { get; init; }

    /// <summary>Postal code, up to 20 characters.</summary>
    public Optional<string> PostalCode { get; init; }

    /// <summary>ISO 3166-1 alpha-2 in any case.</summary>
    public Optional<string> Country { get; init; }

    /// <summary>The address as it would be, in the shape that is validated like a new one.</summary>
    /// <param name="address">The address as it is.</param>
    internal AddressInput Onto(Address address) => new()
    {
        Name = Name.Or(address.Name),
        Line1 = Line1.Or(address.Line1),
        Line2 = Line2.Or(address.Line2),
        City = City.Or(address.City),
        Region = Region.Or(address.Region),
        PostalCode = PostalCode.Or(address.PostalCode),
        Country = Country.Or(address.Country),
    };
}

internal sealed class UpdateAddressRules : AbstractValidator<UpdateAddress>
{
    private static readonly Address Valid = new("valid", "valid", null, "valid", null, "valid", "DE");

    public UpdateAddressRules() =>
        RuleFor(command => command.Onto(Valid)).SetValidator(new AddressRules()).OverridePropertyName("");
}

internal sealed class UpdateAddressHandler(AddressEditing editing, TimeProvider clock) : IRequestHandler<UpdateAddress, Result>
{
    public async Task<Result> Handle(UpdateAddress command, CancellationToken cancellationToken)
    {
        var found = await editing.FindAsync(command.UserId, command.Id, command.Expected, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        found.Value.Replace(command.Onto(found.Value.Address).ToAddress(), clock.GetUtcNow());
        return Result.Ok;
    }
}
