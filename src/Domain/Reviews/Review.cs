using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Domain.Reviews;

/// <summary>What a user thinks of a product; one per user and product.</summary>
public sealed class Review : AggregateRoot
{
    /// <summary>The worst rating.</summary>
    public const int MinRating = 1;

    /// <summary>The best rating.</summary>
    public const int MaxRating = 5;

    /// <summary>The longest comment.</summary>
    public const int MaxCommentLength = 5_000;

    private Review()
    {
    }

    /// <summary>What it is about.</summary>
    public long ProductId { get; private set; }

    /// <summary>What it is about.</summary>
    public Product? Product { get; private set; }

    /// <summary>Who wrote it.</summary>
    public long UserId { get; private set; }

    /// <summary>Who wrote it.</summary>
    public User? User { get; private set; }

    /// <summary>1 (worst) to 5 (best).</summary>
    public int Rating { get; private set; }

    /// <summary>Plain text, or null.</summary>
    public string? Comment { get; private set; }

    /// <summary>A new review.</summary>
    /// <param name="productId">What it is about.</param>
    /// <param name="userId">Who writes it.</param>
    /// <param name="rating">1 to 5.</param>
    /// <param name="comment">Plain text, or null.</param>
    /// <param name="now">The present, UTC.</param>
    public static Review Write(long productId, long userId, int rating, string? comment, DateTimeOffset now) =>
        new() { ProductId = productId, UserId = userId, Rating = rating, Comment = comment, CreatedAt = now, UpdatedAt = now };

    /// <summary>Changes it.</summary>
    /// <param name="rating">1 to 5.</param>
    /// <param name="comment">Plain text, or null.</param>
    /// <param name="now">The present, UTC.</param>
    /// <returns>By how much the sum of ratings moves.</returns>
    public int Edit(int rating, string? comment, DateTimeOffset now)
    {
        var delta = rating - Rating;
        (Rating, Comment, UpdatedAt) = (rating, comment, now);
        return delta;
    }

    /// <summary>Whether a person may change it.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="isAdmin">Whether they are an admin.</param>
    public bool CanBeChangedBy(long userId, bool isAdmin) => isAdmin || UserId == userId;
}
