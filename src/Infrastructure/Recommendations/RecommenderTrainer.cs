namespace Shop.Infrastructure.Recommendations;

/// <summary>
/// Trains the recommender: <see cref="Ease"/> (or <see cref="Rp3Beta"/> above so many products) lifted by what is selling lately, blended with popularity
/// as a <see cref="Trial"/> on the latest interactions advises. The same interactions and catalog make the same model.
/// </summary>
internal static class RecommenderTrainer
{
    /// <summary>Trains; takes all processors.</summary>
    /// <param name="log">Purchases and favorites.</param>
    /// <param name="catalog">What is in the catalog, each product once.</param>
    /// <param name="settings">What bounds the size.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static RecommenderModel Train(
        InteractionLog log, IReadOnlyCollection<CatalogEntry> catalog, RecommenderSettings settings, CancellationToken cancellationToken)
    {
        var table = log.ToTable(catalog.Select(entry => entry.ProductId));
        var matrix = table.ToMatrix(settings.MaxHistory);
        var popularity = Popularity.Of(matrix);
        var items = ItemWeights.For(popularity, settings);
        var blend = Trial.Choose(table, items, settings, cancellationToken);
        return new RecommenderModel(new ModelParts
        {
            Products = table.Products,
            IsPersonal = blend.IsPersonal,
            PopularityShare = (float)blend.PopularityShare,
            Popular = popularity.Relative(blend.IsRecent),
            PopularLately = popularity.Relative(recent: true),
            Lift = blend.LiftBy(popularity),
            Weights = items.Train(matrix, popularity, blend.Regularization, int.MaxValue, cancellationToken),
            Likeness = ContentLikeness.Of(EntriesOf(catalog, table.Products), popularity, cancellationToken),
            NewProducts = [.. Enumerable.Range(0, table.Products.Length).Where(product => popularity.AllTime[product] == 0)],
            Facts = new TrainingFacts(table.Users.Length, popularity.AllTime.Count(users => users > 0), table.Count),
        });
    }

    private static CatalogEntry?[] EntriesOf(IEnumerable<CatalogEntry> catalog, long[] products)
    {
        var entries = new CatalogEntry?[products.Length];
        foreach (var entry in catalog)
        {
            entries[Array.BinarySearch(products, entry.ProductId)] = entry;
        }

        return entries;
    }
}
