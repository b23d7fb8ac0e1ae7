using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Reviews;

namespace Shop.Application.Reviews;

/// <summary>Changes what is given of a review; a null comment becomes empty. The product's rating follows.</summary>
[Access(Who.SignedIn)]
public sealed record UpdateReview : ICommand
{
    /// <summary>Which review.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The version that the caller has seen.</summary>
    [JsonIgnore]
    public ExpectedVersion? Expected { get; init; }

    /// <summary>1 (worst) to 5 (best).</summary>
    public Optional<int?> Rating { get; init; }

    /// <summary>Plain text, up to 5,000 characters.</summary>
    public Optional<string> Comment { get; init; }

    /// <summary>The review as it would be, in the shape that is validated like a new one.</summary>
    /// <param name="rating">The rating as it is.</param>
    /// <param name="comment">The comment as it is.</param>
    internal ReplaceReview Onto(int rating, string? comment) => new() { Rating = Rating.Or(rating), Comment = Comment.Or(comment) };
}

internal sealed class UpdateReviewRules : AbstractValidator<UpdateReview>
{
    public UpdateReviewRules() =>
        RuleFor(command => command.Onto(Review.MinRating, null)).SetValidator(new ReviewInputRules()).OverridePropertyName("");
}

internal sealed class UpdateReviewHandler(ReviewEditing editing, IRatings ratings, TimeProvider clock) : IRequestHandler<UpdateReview, Result>
{
    public async Task<Result> Handle(UpdateReview command, CancellationToken cancellationToken)
    {
        var found = await editing.FindAsync(command.Id, command.Expected, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var review = found.Value;
        var changed = command.Onto(review.Rating, review.Comment);
        var delta = review.Edit(changed.Rating!.Value, changed.Comment.NullIfBlank(), clock.GetUtcNow());
        await ratings.AddAsync(review.ProductId, reviews: 0, delta, cancellationToken);
        return Result.Ok;
    }
}
