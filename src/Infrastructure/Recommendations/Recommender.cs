using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Favorites;
using Shop.Domain.Orders;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Recommendations;

internal sealed class Recommender(
    ShopDbContext db, TrainingData data, ServingModel serving, RecommenderSettings settings, IUnitOfWork unitOfWork, ILocks locks, TimeProvider clock)
    : IRecommender
{
    private static readonly TimeSpan WaitForOther = TimeSpan.FromMilliseconds(250);

    /// <remarks>It asks again and again for the lock instead of waiting for it, so that it holds no connection meanwhile.</remarks>
    public async Task<Training> TrainAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryTrainAsync(cancellationToken) is { } training)
            {
                return training;
            }

            await Task.Delay(WaitForOther, cancellationToken);
        }
    }

    public async Task<Training?> TryTrainAsync(CancellationToken cancellationToken)
    {
        (StoredModel Stored, RecommenderModel Model)? trained = null;
        await unitOfWork.ExecuteAsync(
            async () =>
            {
                trained = await locks.TryTakeAsync(LockNames.Training, cancellationToken) ? await TrainAndStoreAsync(cancellationToken) : null;
                return Result.Ok;
            },
            cancellationToken,
            repeatsSafely: true);
        if (trained is not var (stored, model))
        {
            return null;
        }

        serving.Swap(stored.Id, model);
        ReturnMemory();
        return new Training(stored.TrainedAt, stored.Users, stored.Products, stored.Interactions, TimeSpan.FromMilliseconds(stored.DurationMs));
    }

    public async Task<PersonalRanking> RankAsync(long userId, CancellationToken cancellationToken)
    {
        var purchases = db.Set<OrderItem>().Filter(PurchaseSpecs.Of(userId)).Select(item => new { item.ProductId, IsBought = true });
        var favorites = db.Favorites.Filter(FavoriteSpecs.OfUser(userId)).Select(favorite => new { favorite.ProductId, IsBought = false });
        var history = await purchases.Union(favorites).ToListAsync(cancellationToken);
        var model = await serving.GetAsync(db, cancellationToken);
        return new PersonalRanking(
            history.Where(product => product.IsBought).Select(product => product.ProductId).ToHashSet(),
            model?.Rank(history.Select(product => product.ProductId), withReason: true) ?? []);
    }

    public async Task<IEnumerable<long>> RankSimilarAsync(long productId, CancellationToken cancellationToken) =>
        (await serving.GetAsync(db, cancellationToken))?.Similar(productId) ?? [];

    /// <summary>
    /// What a training takes, up to hundreds of megabytes, the collector would keep: nothing else makes objects so large, so that it has no reason to
    /// look at them again. Everybody waits meanwhile, for a tenth of a second.
    /// </summary>
    private static void ReturnMemory() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private async Task<(StoredModel Stored, RecommenderModel Model)> TrainAndStoreAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var log = await data.ReadInteractionsAsync(cancellationToken);
        var catalog = await data.ReadCatalogAsync(cancellationToken);
        var (model, duration, content) = await TrainingThreads.RunAsync(
            () =>
            {
                var trained = RecommenderTrainer.Train(log, catalog, settings, cancellationToken);
                return (trained, clock.GetElapsedTime(started), ModelFile.Write(trained));
            },
            cancellationToken);
        var facts = model.Parts.Facts;
        var stored = new StoredModel
        {
            TrainedAt = clock.GetUtcNow(),
            Users = facts.Users,
            Products = facts.Products,
            Interactions = facts.Interactions,
            DurationMs = (long)duration.TotalMilliseconds,
            Content = content,
        };
        db.Add(stored);
        await db.SaveChangesAsync(cancellationToken);
        db.Entry(stored).State = EntityState.Detached;
        await db.RecommenderModels.Where(before => before.Id < stored.Id).ExecuteDeleteAsync(cancellationToken);
        return (stored, model);
    }
}
