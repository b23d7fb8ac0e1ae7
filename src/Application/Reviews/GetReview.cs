using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Reviews;

namespace Shop.Application.Reviews;

/// <summary>One review.</summary>
/// <param name="Id">The review's id.</param>
[Access(Who.Anyone)]
public sealed record GetReview(long Id) : IQuery<ReviewAnswer>;

internal sealed class GetReviewHandler(IRepository<Review> reviews) : IRequestHandler<GetReview, Result<ReviewAnswer>>
{
    public async Task<Result<ReviewAnswer>> Handle(GetReview query, CancellationToken cancellationToken) =>
        await reviews.GetAsync<ReviewAnswer>(ReviewSpecs.ById(query.Id), cancellationToken) is { } review ? review : ReviewErrors.NotFound;
}
