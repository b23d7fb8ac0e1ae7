namespace Shop.Infrastructure.Recommendations;

/// <summary>All that a model knows. Whatever is said of a product stands at its index.</summary>
internal sealed record ModelParts
{
    /// <summary>Ids, ascending; their places are the indexes.</summary>
    public required long[] Products { get; init; }

    /// <summary>Whether tastes decide beside popularity in a feed.</summary>
    public required bool IsPersonal { get; init; }

    /// <summary>See <see cref="Blend.PopularityShare"/>.</summary>
    public required float PopularityShare { get; init; }

    /// <summary>Popularity from 0 to 1 for who has a history.</summary>
    public required float[] Popular { get; init; }

    /// <summary>Popularity of late from 0 to 1 for who has none.</summary>
    public required float[] PopularLately { get; init; }

    /// <summary>What each product's fit is multiplied by.</summary>
    public required float[] Lift { get; init; }

    /// <summary>By rows the products that speak, by columns those that are spoken for.</summary>
    public required SparseWeights Weights { get; init; }

    /// <summary>By rows the products, by columns those like them by name and category; from 0 to 1.</summary>
    public required SparseWeights Likeness { get; init; }

    /// <summary>Indexes of products that nobody has been interested in yet, ascending.</summary>
    public required int[] NewProducts { get; init; }

    /// <summary>What the model was trained on.</summary>
    public required TrainingFacts Facts { get; init; }
}
