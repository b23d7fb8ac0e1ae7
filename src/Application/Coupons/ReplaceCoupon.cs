using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Coupons;

namespace Shop.Application.Coupons;

/// <summary>Replaces a coupon: what is absent is no limit any more. Orders that used it keep their discount.</summary>
[Access(Who.Admin)]
public sealed record ReplaceCoupon : ICommand, ICouponInput
{
    /// <summary>Which coupon.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The version that the caller has seen.</summary>
    [JsonIgnore]
    public ExpectedVersion? Expected { get; init; }

    /// <inheritdoc />
    public string? Code { get; init; }

    /// <inheritdoc />
    public decimal? Percent { get; init; }

    /// <inheritdoc />
    public decimal? Amount { get; init; }

    /// <inheritdoc />
    public int? MaxUses { get; init; }

    /// <inheritdoc />
    public int? MaxUsesPerUser { get; init; }

    /// <inheritdoc />
    public decimal? MinSubtotal { get; init; }

    /// <inheritdoc />
    public DateTimeOffset? StartsAt { get; init; }

    /// <inheritdoc />
    public DateTimeOffset? EndsAt { get; init; }
}

internal sealed class ReplaceCouponRules : AbstractValidator<ReplaceCoupon>
{
    public ReplaceCouponRules() => Include(new CouponInputRules());
}

internal sealed class ReplaceCouponHandler(CouponEditing editing) : IRequestHandler<ReplaceCoupon, Result>
{
    public Task<Result> Handle(ReplaceCoupon command, CancellationToken cancellationToken) =>
        editing.EditAsync(command.Id, command.Expected, _ => command, cancellationToken);
}

/// <summary>Edits one coupon while nobody uses it.</summary>
internal sealed class CouponEditing(IRepository<Coupon> coupons, ICoupons uses, TimeProvider clock)
{
    /// <summary>Changes a coupon's code and terms.</summary>
    /// <param name="id">Which.</param>
    /// <param name="expected">The version that the caller has seen.</param>
    /// <param name="edit">What it should be, valid in shape.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result> EditAsync(
        long id, ExpectedVersion? expected, Func<Coupon, ICouponInput> edit, CancellationToken cancellationToken)
    {
        var found = await coupons.FindToEditAsync(id, expected, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var input = edit(found.Value);
        var mostUses = await uses.MostUsesByOneUserAsync(id, cancellationToken);
        return found.Value.Edit(input.Code!.Trim(), input.ToTerms(), mostUses, clock.GetUtcNow());
    }
}

internal static class CouponLoading
{
    /// <summary>Loads and locks a coupon that the caller has seen as it is.</summary>
    public static async Task<Result<Coupon>> FindToEditAsync(
        this IRepository<Coupon> coupons, long id, ExpectedVersion? expected, CancellationToken cancellationToken)
    {
        if (await coupons.FindForUpdateAsync(CouponSpecs.ById(id), cancellationToken) is not { } coupon)
        {
            return CouponErrors.NotFound;
        }

        return ExpectedVersion.Refusal(expected, coupon) is { } stale ? stale : coupon;
    }
}
