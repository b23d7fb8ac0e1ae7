using Quartz;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Jobs;

/// <summary>Trains the recommender on what was bought and liked since, unless somebody does so already.</summary>
internal sealed class TrainingJob(IRecommender recommender) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await recommender.TryTrainAsync(cancellationToken);
}
