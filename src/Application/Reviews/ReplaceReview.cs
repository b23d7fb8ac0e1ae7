using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Application.Reviews;

/// <summary>Replaces a review: an absent comment becomes empty. The product's rating follows.</summary>
[Access(Who.SignedIn)]
public sealed record ReplaceReview : ICommand, IReviewInput
{
    /// <summary>Which review.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The version that the caller has seen.</summary>
    [JsonIgnore]
    public ExpectedVersion? Expected { get; init; }

    /// <inheritdoc />
    public int? Rating { get; init; }

    /// <inheritdoc />
    public string? Comment { get; init; }
}

internal sealed class ReplaceReviewRules : AbstractValidator<ReplaceReview>
{
    public ReplaceReviewRules() => Include(new ReviewInputRules());
}

internal sealed class ReplaceReviewHandler(ReviewEditing editing, IRatings ratings, TimeProvider clock) : IRequestHandler<ReplaceReview, Result>
{
    public async Task<Result> Handle(ReplaceReview command, CancellationToken cancellationToken)
    {
        var found = await editing.FindAsync(command.Id, command.Expected, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var delta = found.Value.Edit(command.Rating!.Value, command.Comment.NullIfBlank(), clock.GetUtcNow());
        await ratings.AddAsync(found.Value.ProductId, reviews: 0, delta, cancellationToken);
        return Result.Ok;
    }
}
