using FluentValidation;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Reviews;

namespace Shop.Application.Reviews;

/// <summary>What a review's author writes.</summary>
public interface IReviewInput
{
    /// <summary>1 (worst) to 5 (best); required.</summary>
    int? Rating { get; }

    /// <summary>Plain text, up to 5,000 characters.</summary>
    string? Comment { get; }
}

internal sealed class ReviewInputRules : AbstractValidator<IReviewInput>
{
    public ReviewInputRules()
    {
        RuleFor(input => input.Rating)
            .NotNull().WithMessage("A rating is required.")
            .InclusiveBetween(Review.MinRating, Review.MaxRating)
            .WithMessage($"Give a whole number from {Review.MinRating} to {Review.MaxRating}.");
        RuleFor(input => input.Comment).Text(Review.MaxCommentLength);
    }
}

internal static class ReviewInputs
{
    public static string? NullIfBlank(this string? comment) => string.IsNullOrWhiteSpace(comment) ? null : comment;
}

/// <summary>Changes reviews that are there. A product is locked before its reviews, so that crossing writers wait and don't deadlock.</summary>
internal sealed class ReviewEditing(IRepository<Review> reviews, IRatings ratings, ICurrentUser caller)
{
    /// <summary>Loads and locks a review, with its product, that the caller may change and has seen as it is.</summary>
    public async Task<Result<Review>> FindAsync(long id, ExpectedVersion? expected, CancellationToken cancellationToken)
    {
        if (await reviews.GetAsync<ReviewAnswer>(ReviewSpecs.ById(id), cancellationToken) is not { } known
            || !await ratings.LockAsync(known.ProductId, cancellationToken)
            || await reviews.FindForUpdateAsync(ReviewSpecs.ById(id), cancellationToken) is not { } review)
        {
            return ReviewErrors.NotFound;
        }

        if (!review.CanBeChangedBy(caller.RequiredId, caller.IsAdmin))
        {
            return ReviewErrors.NotYours;
        }

        return ExpectedVersion.Refusal(expected, review) is { } stale ? stale : review;
    }
}
