using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Reviews;

namespace Shop.Application.Reviews;

/// <summary>Takes a review back. The product's rating follows.</summary>
/// <param name="Id">Which review.</param>
/// <param name="Expected">The version that the caller has seen.</param>
[Access(Who.SignedIn)]
public sealed record DeleteReview(long Id, ExpectedVersion? Expected) : ICommand;

internal sealed class DeleteReviewHandler(ReviewEditing editing, IRepository<Review> reviews, IRatings ratings)
    : IRequestHandler<DeleteReview, Result>
{
    public async Task<Result> Handle(DeleteReview command, CancellationToken cancellationToken)
    {
        var found = await editing.FindAsync(command.Id, command.Expected, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        reviews.Remove(found.Value);
        await ratings.AddAsync(found.Value.ProductId, reviews: -1, -found.Value.Rating, cancellationToken);
        return Result.Ok;
    }
}
