using Shop.Domain.Common;

namespace Shop.Domain.Coupons;

/// <summary>What coupons, and orders because of them, are refused for.</summary>
public static class CouponErrors
{
    private const string NotValid = "coupon_not_valid";

    /// <summary>No coupon of that id.</summary>
    public static Error NotFound => new(ErrorKind.NotFound, "coupon_not_found", "There is no such coupon.");

    /// <summary>Another coupon has the code.</summary>
    public static Error CodeTaken =>
        new(ErrorKind.Conflict, "coupon_code_taken", "There is a coupon of this code; choose another code, or delete that coupon first.");

    /// <summary>It takes off a percentage or an amount.</summary>
    public static Error PercentOrAmount
    {
        get
        {
            const string Message = "Give either percent or amount, and not both.";
            return new(ErrorKind.Invalid, "coupon_percent_or_amount", Message)
            {
                Fields = new Dictionary<string, string[]> { ["percent"] = [Message], ["amount"] = [Message] },
            };
        }
    }

    /// <summary>It would end before it begins.</summary>
    public static Error EndsBeforeStart => Error.InvalidField("ends_at", "coupon_ends_before_start", "Give a time after starts_at.");

    /// <summary>A limit would be below what is used already.</summary>
    /// <param name="field">The limit.</param>
    /// <param name="used">What is used.</param>
    public static Error LimitTooLow(string field, int used) =>
        new(
            ErrorKind.Conflict,
            "coupon_limit_too_low",
            $"There are {used} uses already; let {field} be at least that, or end the coupon by ends_at or by deleting it.")
        {
            Facts = new Dictionary<string, object> { ["used"] = used },
        };

    /// <summary>No coupon of that code.</summary>
    public static Error Unknown =>
        new(ErrorKind.Conflict, NotValid, "There is no coupon of this code; check how it is written, or leave it out.");

    /// <summary>It can be used later.</summary>
    public static Error NotYet => new(ErrorKind.Conflict, NotValid, "This coupon can't be used yet; leave it out or use another.");

    /// <summary>It could be used before.</summary>
    public static Error Ended => new(ErrorKind.Conflict, NotValid, "This coupon has ended; leave it out or use another.");

    /// <summary>All have used it as often as they can together.</summary>
    public static Error UsedUp => new(ErrorKind.Conflict, NotValid, "This coupon is used up; leave it out or use another.");

    /// <summary>The buyer has used it as often as they can.</summary>
    public static Error UsedUpByBuyer =>
        new(ErrorKind.Conflict, NotValid, "This coupon was used as often as one customer can use it; leave it out or use another.");

    /// <summary>The order is too small.</summary>
    /// <param name="minimum">The smallest subtotal.</param>
    public static Error BelowMinimum(Money minimum) =>
        new(ErrorKind.Conflict, NotValid, $"This coupon is for a subtotal of at least {minimum}; add something, or leave the coupon out.")
        {
            Facts = new Dictionary<string, object> { ["min_subtotal"] = minimum.Amount },
        };
}
