using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Application.Recommendations;

/// <summary>Trains the recommender now, and answers when this node serves what it learnt; waits for a training that runs already.</summary>
/// <remarks>It manages its transaction, which is to begin only when no other training runs.</remarks>
[Access(Who.Admin)]
public sealed record TrainRecommender : ICommand<TrainingAnswer>, IManagesTransactions;

/// <summary>What was learnt from.</summary>
/// <param name="TrainedAt">When the training was done, UTC.</param>
/// <param name="Users">Users that bought or liked something.</param>
/// <param name="Products">Products that somebody bought or liked.</param>
/// <param name="Interactions">Purchases and favorites.</param>
/// <param name="DurationMs">How long reading and learning took, in milliseconds.</param>
public sealed record TrainingAnswer(DateTimeOffset TrainedAt, int Users, int Products, int Interactions, long DurationMs);

internal sealed class TrainRecommenderHandler(IRecommender recommender) : IRequestHandler<TrainRecommender, Result<TrainingAnswer>>
{
    public async Task<Result<TrainingAnswer>> Handle(TrainRecommender command, CancellationToken cancellationToken)
    {
        var training = await recommender.TrainAsync(cancellationToken);
        return new TrainingAnswer(
            training.TrainedAt, training.Users, training.Products, training.Interactions, (long)training.Duration.TotalMilliseconds);
    }
}
