namespace Shop.Infrastructure.Recommendations;

/// <summary>What is known of a product that nobody has bought yet.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Name">Its name; likeness is judged by the words in it.</param>
/// <param name="CategoryId">Its category, or null.</param>
internal sealed record CatalogEntry(long ProductId, string Name, long? CategoryId);
