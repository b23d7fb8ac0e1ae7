using Shop.Domain.Common;

namespace Shop.Domain.Reviews;

/// <summary>What reviews are refused for.</summary>
public static class ReviewErrors
{
    /// <summary>No such review.</summary>
    public static Error NotFound => new(ErrorKind.NotFound, "review_not_found", "There is no such review.");

    /// <summary>Somebody else wrote it.</summary>
    public static Error NotYours => new(ErrorKind.Forbidden, "review_not_yours", "Only its author or an admin may change a review.");

    /// <summary>The user has reviewed the product before.</summary>
    public static Error AlreadyReviewed =>
        new(ErrorKind.Conflict, "already_reviewed", "You have reviewed this product; change that review instead.");
}
