using System.Text.Json.Serialization;
using Shop.Application.Common;
using Shop.Application.Common.Mapping;
using Shop.Domain.Addresses;

namespace Shop.Application.Addresses;

/// <summary>An address that a user keeps for the next order.</summary>
public sealed record AddressAnswer : IVersioned
{
    /// <summary>The address's id.</summary>
    public required long Id { get; init; }

    /// <summary>Who receives it.</summary>
    public required string Name { get; init; }

    /// <summary>Street and number.</summary>
    public required string Line1 { get; init; }

    /// <summary>Anything more, or null.</summary>
    public required string? Line2 { get; init; }

    /// <summary>City.</summary>
    public required string City { get; init; }

    /// <summary>State or region, or null.</summary>
    public required string? Region { get; init; }

    /// <summary>Postal code.</summary>
    public required string PostalCode { get; init; }

    /// <summary>ISO 3166-1 alpha-2, upper case.</summary>
    public required string Country { get; init; }

    /// <summary>When it was added, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Counts the edits.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    [JsonIgnore]
    string IVersioned.VersionTag => VersionTag.Of(Version);

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<UserAddress, AddressAnswer>().ConvertUsing(address => new AddressAnswer
        {
            Id = address.Id,
            Name = address.Address.Name,
            Line1 = address.Address.Line1,
            Line2 = address.Address.Line2,
            City = address.Address.City,
            Region = address.Address.Region,
            PostalCode = address.Address.PostalCode,
            Country = address.Address.Country,
            CreatedAt = address.CreatedAt,
            UpdatedAt = address.UpdatedAt,
            Version = address.Version,
        });
    }
}
