using System.Text.Json.Serialization;
using Shop.Application.Common;
using Shop.Application.Common.Mapping;
using Shop.Domain.Coupons;

namespace Shop.Application.Coupons;

/// <summary>A coupon as admins see it.</summary>
public sealed record CouponAnswer : IVersioned
{
    /// <summary>The coupon's id.</summary>
    public required long Id { get; init; }

    /// <summary>What buyers type, in any case.</summary>
    public required string Code { get; init; }

    /// <summary>Percent of the subtotal that it takes off, or null.</summary>
    public required decimal? Percent { get; init; }

    /// <summary>The amount that it takes off, or null.</summary>
    public required decimal? Amount { get; init; }

    /// <summary>How often it can be used by all together; null for any number.</summary>
    public required int? MaxUses { get; init; }

    /// <summary>How often one user can use it; null for any number.</summary>
    public required int? MaxUsesPerUser { get; init; }

    /// <summary>The smallest subtotal that it can be used for, or null.</summary>
    public required decimal? MinSubtotal { get; init; }

    /// <summary>From when on it can be used, UTC, or null.</summary>
    public required DateTimeOffset? StartsAt { get; init; }

    /// <summary>From when on it can't be used any more, UTC, or null.</summary>
    public required DateTimeOffset? EndsAt { get; init; }

    /// <summary>How often it is used, by orders that did not end unpaid.</summary>
    public required int Used { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last edited, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Counts the edits.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    [JsonIgnore]
    string IVersioned.VersionTag => VersionTag.Of(Version);

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<Coupon, CouponAnswer>().ConvertUsing(coupon => new CouponAnswer
        {
            Id = coupon.Id,
            Code = coupon.Code,
            Percent = coupon.Percent,
            Amount = coupon.Amount,
            MaxUses = coupon.MaxUses,
            MaxUsesPerUser = coupon.MaxUsesPerUser,
            MinSubtotal = coupon.MinSubtotal,
            StartsAt = coupon.StartsAt,
            EndsAt = coupon.EndsAt,
            Used = coupon.Used,
            CreatedAt = coupon.CreatedAt,
            UpdatedAt = coupon.UpdatedAt,
            Version = coupon.Version,
        });
    }
}
