using FluentValidation;
using Shop.Application.Common;
using Shop.Domain.Coupons;

namespace Shop.Application.Orders;

/// <summary>What a buyer says when they check out a cart or an order.</summary>
public interface ICheckoutInput
{
    /// <summary>Where it goes; required.</summary>
    AddressInput? ShippingAddress { get; }

    /// <summary>A coupon's code, in any case; it takes its discount off the subtotal.</summary>
    string? Coupon { get; }

    /// <summary>The total that the buyer has seen; the checkout is refused when it is another by now.</summary>
    decimal? ExpectedTotal { get; }
}

internal sealed class CheckoutRules : AbstractValidator<ICheckoutInput>
{
    public CheckoutRules()
    {
        RuleFor(input => input.ShippingAddress).NotNull().WithMessage("A shipping address is required.");
        RuleFor(input => input.ShippingAddress!).SetValidator(new AddressRules());
        RuleFor(input => input.Coupon).Text(Coupon.MaxCodeLength);
        RuleFor(input => input.ExpectedTotal).Money();
    }
}
