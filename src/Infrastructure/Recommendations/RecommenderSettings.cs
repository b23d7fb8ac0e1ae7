namespace Shop.Infrastructure.Recommendations;

/// <summary>How large a model may become. What decides its quality is chosen at each training by what it would have predicted.</summary>
internal sealed record RecommenderSettings
{
    /// <summary>Up to so many products that somebody was interested in, the closed form is taken; above, a sparse method.</summary>
    public int MaxDenseProducts { get; init; } = 10_000;

    /// <summary>The most popular products that a dense method is tried out on before it is trained; bounds the time that takes.</summary>
    public int MaxTrialProducts { get; init; } = 4_000;

    /// <summary>How many products may speak for a product.</summary>
    public int MaxNeighbours { get; init; } = 100;

    /// <summary>Bounds the memory of a model: how many pairs of products it may hold in all, before the limit on neighbours is met.</summary>
    public int MaxPairs { get; init; } = 20_000_000;

    /// <summary>The latest products of one user that count; more are a machine's rather than a person's taste.</summary>
    public int MaxHistory { get; init; } = 2_000;
}
