using FluentValidation;
using Shop.Application.Common;
using Shop.Domain.Orders;

namespace Shop.Application.Orders;

/// <summary>Where an order goes, as a client writes it.</summary>
public sealed record AddressInput
{
    /// <summary>Who receives it; required, up to 200 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Street and number; required, up to 200 characters.</summary>
    public string? Line1 { get; init; }

    /// <summary>Anything more, up to 200 characters.</summary>
    public string? Line2 { get; init; }

    /// <summary>City; required, up to 200 characters.</summary>
    public string? City { get; init; }

    /// <summary>State or region, up to 200 characters.</summary>
    public string? Region { get; init; }

    /// <summary>Postal code; required, up to 20 characters.</summary>
    public string? PostalCode { get; init; }

    /// <summary>ISO 3166-1 alpha-2 in any case; required.</summary>
    public string? Country { get; init; }

    /// <summary>The address, once the input is known to be valid.</summary>
    internal Address ToAddress() => new(
        Name!.Trim(), Line1!.Trim(), NullIfEmpty(Line2), City!.Trim(), NullIfEmpty(Region), PostalCode!.Trim(), CountryCode(Country!));

    /// <summary>A country's code as it is stored.</summary>
    internal static string CountryCode(string country) => country.Trim().ToUpperInvariant();

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

internal sealed class AddressRules : AbstractValidator<AddressInput>
{
    public AddressRules()
    {
        RuleFor(address => address.Name).RequiredText(Address.MaxLength);
        RuleFor(address => address.Line1).RequiredText(Address.MaxLength);
        RuleFor(address => address.Line2).Text(Address.MaxLength);
        RuleFor(address => address.City).RequiredText(Address.MaxLength);
        RuleFor(address => address.Region).Text(Address.MaxLength);
        RuleFor(address => address.PostalCode).RequiredText(Address.MaxPostalCodeLength);
        RuleFor(address => address.Country)
            .NotNull().WithMessage("A country is required.")
            .Must(country => country is null || Countries.Contains(AddressInput.CountryCode(country)))
            .WithMessage("Give a country as two letters of ISO 3166-1, such as DE.");
    }
}
