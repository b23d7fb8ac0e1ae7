using Shop.Domain.Payments;
using Shop.Domain.Users;

namespace Shop.Infrastructure.Mail;

/// <summary>The mails that there are, by the names of their templates, and the events that they follow from.</summary>
internal static class MailKinds
{
    public const string ConfirmEmail = "confirm_email";
    public const string ResetPassword = "reset_password";
    public const string OrderPlaced = "order_placed";
    public const string OrderShipped = "order_shipped";
    public const string OrderRefunded = "order_refunded";

    public static IReadOnlyList<string> All { get; } = [ConfirmEmail, ResetPassword, OrderPlaced, OrderShipped, OrderRefunded];

    /// <summary>Which mail follows from an event; null when none does.</summary>
    /// <param name="eventType">One of <see cref="Domain.Common.EventTypes.All"/>.</param>
    public static string? Of(string eventType) => eventType switch
    {
        UserRegistered.TypeName or UserEmailChanged.TypeName or ConfirmationRequested.TypeName => ConfirmEmail,
        PasswordResetRequested.TypeName => ResetPassword,
        Domain.Orders.OrderPlaced.TypeName => OrderPlaced,
        Domain.Orders.OrderShipped.TypeName => OrderShipped,
        RefundSucceeded.TypeName => OrderRefunded,
        _ => null,
    };
}
