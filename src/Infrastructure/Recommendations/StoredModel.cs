namespace Shop.Infrastructure.Recommendations;

/// <summary>What a training made, stored for all nodes and for the next start; the one with the highest id holds.</summary>
internal sealed class StoredModel
{
    /// <summary>Counts the trainings.</summary>
    public long Id { get; init; }

    /// <summary>When the training was done, UTC.</summary>
    public required DateTimeOffset TrainedAt { get; init; }

    /// <summary>See <see cref="TrainingFacts.Users"/>.</summary>
    public required int Users { get; init; }

    /// <summary>See <see cref="TrainingFacts.Products"/>.</summary>
    public required int Products { get; init; }

    /// <summary>See <see cref="TrainingFacts.Interactions"/>.</summary>
    public required int Interactions { get; init; }

    /// <summary>How long reading and learning took, in milliseconds.</summary>
    public required long DurationMs { get; init; }

    /// <summary>See <see cref="ModelFile"/>.</summary>
    public required byte[] Content { get; init; }
}
