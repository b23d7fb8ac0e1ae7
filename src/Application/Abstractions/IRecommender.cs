namespace Shop.Application.Abstractions;

/// <summary>Knows what goes with what, learnt from purchases and favorites. It ranks; what may be shown is the catalog's to say.</summary>
public interface IRecommender
{
    /// <summary>
    /// Learns anew from everything that was bought and liked so far, and stores what it learnt. One training runs at a time, whichever node
    /// runs it: a second waits. Takes seconds to minutes, and all processors.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was learnt from; this node answers by it from now on, others within seconds.</returns>
    Task<Training> TrainAsync(CancellationToken cancellationToken);

    /// <summary>The same, unless a training runs already.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when one runs.</returns>
    Task<Training?> TryTrainAsync(CancellationToken cancellationToken);

    /// <summary>Ranks products for a user by what they bought and like by now.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PersonalRanking> RankAsync(long userId, CancellationToken cancellationToken);

    /// <summary>Products like one, best first.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Ids, in the catalog or not; none for a product that came after the last training.</returns>
    Task<IEnumerable<long>> RankSimilarAsync(long productId, CancellationToken cancellationToken);
}

/// <summary>What a training made.</summary>
/// <param name="TrainedAt">When it was done, UTC.</param>
/// <param name="Users">Users that bought or liked something.</param>
/// <param name="Products">Products that somebody bought or liked.</param>
/// <param name="Interactions">Purchases and favorites.</param>
/// <param name="Duration">How long it took to read and learn.</param>
public sealed record Training(DateTimeOffset TrainedAt, int Users, int Products, int Interactions, TimeSpan Duration);

/// <summary>Products for somebody.</summary>
/// <param name="Bought">What they bought.</param>
/// <param name="Products">
/// Ids, best first, in the catalog or not: all that something speaks for, without what they bought or like. Ranked as far as it is read.
/// Empty before the first training.
/// </param>
public sealed record PersonalRanking(IReadOnlySet<long> Bought, IEnumerable<long> Products);
