namespace Shop.Application.Abstractions;

/// <summary>Places where a test lets the process die, to see that nothing is lost. They do nothing otherwise.</summary>
public interface IFaultPoints
{
    /// <summary>The process comes by.</summary>
    /// <param name="point">One of <see cref="FaultPoints"/>.</param>
    void Hit(string point);
}

/// <summary>The names of the places.</summary>
public static class FaultPoints
{
    /// <summary>Stock is taken, nothing committed.</summary>
    public const string AfterHold = "after_hold";

    /// <summary>The payment is stored, the provider not asked.</summary>
    public const string BeforeCharge = "before_charge";

    /// <summary>The money is reserved, not taken.</summary>
    public const string AfterAuthorize = "after_authorize";

    /// <summary>The money is taken, which the shop has not recorded.</summary>
    public const string AfterCharge = "after_charge";

    /// <summary>The outcome is recorded, nobody told.</summary>
    public const string AfterRecord = "after_record";

    /// <summary>The refund is stored, the provider not asked.</summary>
    public const string BeforeRefund = "before_refund";

    /// <summary>The money is given back, which the shop has not recorded.</summary>
    public const string AfterRefund = "after_refund";

    /// <summary>A part of a report is stored, others are not.</summary>
    public const string InReport = "in_report";
}
