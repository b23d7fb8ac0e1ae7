using System.Text.Json.Serialization;
using Shop.Application.Common;
using Shop.Application.Common.Mapping;
using Shop.Domain.Orders;
using Shop.Domain.Reviews;

namespace Shop.Application.Reviews;

/// <summary>A review as clients see it.</summary>
public sealed record ReviewAnswer : IVersioned
{
    /// <summary>The review's id.</summary>
    public required long Id { get; init; }

    /// <summary>What it is about.</summary>
    public required long ProductId { get; init; }

    /// <summary>Who wrote it.</summary>
    public required long UserId { get; init; }

    /// <summary>First and last name if given, else the username; null for somebody who was erased.</summary>
    public required string? Author { get; init; }

    /// <summary>1 (worst) to 5 (best).</summary>
    public required int Rating { get; init; }

    /// <summary>Plain text.</summary>
    public required string? Comment { get; init; }

    /// <summary>Whether the author bought the product: a paid, shipped or delivered order of theirs holds it.</summary>
    public required bool VerifiedPurchase { get; init; }

    /// <summary>When it was written, UTC.</summary>
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
        public Projection() => CreateMap<Review, ReviewAnswer>().ConvertUsing(review => new ReviewAnswer
        {
            Id = review.Id,
            ProductId = review.ProductId,
            UserId = review.UserId,
            Author = review.User!.ErasedAt != null ? null
                : ((review.User.FirstName ?? "") + " " + (review.User.LastName ?? "")).Trim() == "" ? review.User.Username
                : ((review.User.FirstName ?? "") + " " + (review.User.LastName ?? "")).Trim(),
            Rating = review.Rating,
            Comment = review.Comment,

            // A nested Any becomes a join, and PostgreSQL may then read every line of a popular product for each review;
            // the first line is asked for order by order
            VerifiedPurchase = review.User.Orders.Any(order =>
                (order.Status == OrderStatus.Paid || order.Status == OrderStatus.Shipped || order.Status == OrderStatus.Delivered)
                && order.Items.Where(item => item.ProductId == review.ProductId).Select(item => item.ProductId).FirstOrDefault() == review.ProductId),
            CreatedAt = review.CreatedAt,
            UpdatedAt = review.UpdatedAt,
            Version = review.Version,
        });
    }
}
