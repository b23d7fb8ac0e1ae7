namespace Shop.Infrastructure.Recommendations;

/// <summary>What a model was trained on.</summary>
/// <param name="Users">Users that were interested in something.</param>
/// <param name="Products">Products that somebody was interested in.</param>
/// <param name="Interactions">Purchases and favorites.</param>
internal readonly record struct TrainingFacts(int Users, int Products, int Interactions);
