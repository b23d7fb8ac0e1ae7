namespace Shop.Domain.Orders;

/// <summary>Where an order goes.</summary>
/// <param name="Name">Who receives it.</param>
/// <param name="Line1">Street and number.</param>
/// <param name="Line2">Anything more, or null.</param>
/// <param name="City">City.</param>
/// <param name="Region">State or region, or null.</param>
/// <param name="PostalCode">Postal code.</param>
/// <param name="Country">ISO 3166-1 alpha-2, upper case.</param>
public sealed record Address(string Name, string Line1, string? Line2, string City, string? Region, string PostalCode, string Country)
{
    /// <summary>The longest name, street, city or region.</summary>
    public const int MaxLength = 200;

    /// <summary>The longest postal code.</summary>
    public const int MaxPostalCodeLength = 20;
}
