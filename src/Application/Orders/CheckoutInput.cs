using FluentValidation;
using Shop.Application.Common;

namespace Shop.Application.Orders;

/// <summary>What a buyer says when they check out a cart or an order.</summary>
public interface ICheckoutInput
{
    /// <summary>Where it goes; required.</summary>
    AddressInput? ShippingAddress { get; }

    /// <summary>A coupon's code.</summary>
    string? Coupon { get; }

    /// <summary>The total that the buyer has seen; the checkout is refused when it is another by now.</summary>
    decimal? ExpectedTotal { get; }
}

internal sealed class CheckoutRules : AbstractValidator<ICheckoutInput>
{
    private const int MaxCouponLength = 50;

    public CheckoutRules()
    {
        RuleFor(input => input.ShippingAddress).NotNull().WithMessage("A shipping address is required.");
        RuleFor(input => input.ShippingAddress!).SetValidator(new AddressRules());
        RuleFor(input => input.Coupon).Text(MaxCouponLength);
        RuleFor(input => input.ExpectedTotal).Money();
    }
}
