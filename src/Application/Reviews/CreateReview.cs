using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Reviews;

namespace Shop.Application.Reviews;

/// <summary>Writes down what the caller thinks of a product, once.</summary>
[Access(Who.SignedIn)]
public sealed record CreateReview : ICommand<long>, IReviewInput
{
    /// <summary>What it is about.</summary>
    [JsonIgnore]
    public long ProductId { get; init; }

    /// <inheritdoc />
    public int? Rating { get; init; }

    /// <inheritdoc />
    public string? Comment { get; init; }
}

internal sealed class CreateReviewRules : AbstractValidator<CreateReview>
{
    public CreateReviewRules() => Include(new ReviewInputRules());
}

internal sealed class CreateReviewHandler(IRepository<Review> reviews, IRatings ratings, ICurrentUser caller, TimeProvider clock)
    : IRequestHandler<CreateReview, Result<long>>
{
    public async Task<Result<long>> Handle(CreateReview command, CancellationToken cancellationToken)
    {
        if (!await ratings.LockAsync(command.ProductId, cancellationToken))
        {
            return ProductErrors.NotFound;
        }

        var rating = command.Rating!.Value;
        var review = Review.Write(command.ProductId, caller.RequiredId, rating, command.Comment.NullIfBlank(), clock.GetUtcNow());
        await reviews.AddAsync(review, cancellationToken);
        await ratings.AddAsync(command.ProductId, reviews: 1, ratingSum: rating, cancellationToken);
        return review.Id;
    }
}
