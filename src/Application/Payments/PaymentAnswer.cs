using System.Linq.Expressions;
using Shop.Application.Common.Mapping;
using Shop.Domain.Payments;

namespace Shop.Application.Payments;

/// <summary>A payment as the order's buyer and admins see it.</summary>
public sealed record PaymentAnswer
{
    /// <summary>The payment's id.</summary>
    public required long Id { get; init; }

    /// <summary>What is paid.</summary>
    public required long OrderId { get; init; }

    /// <summary>Where it stands: only <c>captured</c> is paid, and <c>pending</c> comes to an end by itself.</summary>
    public required PaymentStatus Status { get; init; }

    /// <summary>How much.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Who takes the money: <c>sandbox</c>, <c>stripe</c>; <c>manual</c> where an admin saw it come in, <c>none</c> for an order that costs nothing.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's name for it, or null.</summary>
    public required string? ProviderReference { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    private static readonly Expression<Func<Payment, PaymentAnswer>> Selector = payment => new PaymentAnswer
    {
        Id = payment.Id,
        OrderId = payment.OrderId,
        Status = payment.Status,
        Amount = payment.Amount,
        Provider = payment.Provider,
        ProviderReference = payment.ProviderReference,
        CreatedAt = payment.CreatedAt,
    };

    private static readonly Func<Payment, PaymentAnswer> Select = Selector.Compile();

    /// <summary>The answer of a payment that was just saved, which needs no second look at the database: its amount is the order's, as that was read.</summary>
    /// <param name="payment">The payment.</param>
    public static PaymentAnswer Of(Payment payment) => Select(payment);

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<Payment, PaymentAnswer>().ConvertUsing(Selector);
    }
}
