using Shop.Application.Common.Mapping;
using Shop.Domain.Payments;

namespace Shop.Application.Payments;

/// <summary>A refund as admins see it.</summary>
public sealed record RefundAnswer
{
    /// <summary>The refund's id.</summary>
    public required long Id { get; init; }

    /// <summary>The order that was paid.</summary>
    public required long OrderId { get; init; }

    /// <summary>What is given back from.</summary>
    public required long PaymentId { get; init; }

    /// <summary>How much.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Why; <c>order_cancelled</c> and <c>order_refunded</c> where the shop did it by itself.</summary>
    public required string Reason { get; init; }

    /// <summary>Where it stands; <c>pending</c> comes to an end by itself.</summary>
    public required RefundStatus Status { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<Refund, RefundAnswer>().ConvertUsing(refund => new RefundAnswer
        {
            Id = refund.Id,
            OrderId = refund.OrderId,
            PaymentId = refund.PaymentId,
            Amount = refund.Amount,
            Reason = refund.Reason,
            Status = refund.Status,
            CreatedAt = refund.CreatedAt,
        });
    }
}
