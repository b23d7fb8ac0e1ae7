using Shop.Domain.Common;

namespace Shop.Application.Common;

/// <summary>What an <c>If-Match</c> header demands; null where there is none, and then any version will do.</summary>
/// <param name="Tags">The version tags named; null for <c>*</c>.</param>
public sealed record ExpectedVersion(IReadOnlyList<string>? Tags)
{
    private static readonly Error StaleError = new(
        ErrorKind.Stale,
        "precondition_failed",
        "It has been changed since you read it; read it again, and repeat your change on what you find.");

    /// <summary>The refusal when the aggregate is not the one the caller has seen; null when it is.</summary>
    /// <param name="expected">The demand, or null for none.</param>
    /// <param name="current">The aggregate, locked.</param>
    public static Error? Refusal(ExpectedVersion? expected, AggregateRoot current) =>
        Refusal(expected, tag => VersionOf(tag) == VersionTag.Of(current));

    /// <summary>The same, where the request also sets the stock, which the tag names too.</summary>
    /// <param name="expected">The demand, or null for none.</param>
    /// <param name="current">The product, locked.</param>
    /// <param name="setsStock">Whether the request sets the stock.</param>
    public static Error? Refusal(ExpectedVersion? expected, Domain.Catalog.Product current, bool setsStock) =>
        setsStock ? Refusal(expected, tag => tag == VersionTag.Of(current)) : Refusal(expected, current);

    private static Error? Refusal(ExpectedVersion? expected, Func<string, bool> matches) =>
        expected?.Tags is null || expected.Tags.Any(matches) ? null : StaleError;

    private static string VersionOf(string tag) => tag.Split('.')[0];
}

/// <summary>The part of an <c>ETag</c> that <c>If-Match</c> is compared with.</summary>
public static class VersionTag
{
    /// <summary>An aggregate's tag: its version.</summary>
    /// <param name="aggregate">The aggregate.</param>
    public static string Of(AggregateRoot aggregate) => Of(aggregate.Version);

    /// <summary>A tag of a version.</summary>
    /// <param name="version">The version.</param>
    public static string Of(long version) => version.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A product's tag: its version and its stock.</summary>
    /// <param name="product">The product.</param>
    public static string Of(Domain.Catalog.Product product) => Of(product.Version, product.Stock);

    /// <summary>A tag of a version and a stock.</summary>
    /// <param name="version">The version.</param>
    /// <param name="stock">Units on hand.</param>
    public static string Of(long version, int stock) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{version}.{stock}");
}

/// <summary>An answer that carries an <c>ETag</c>.</summary>
public interface IVersioned
{
    /// <summary>Made by <see cref="VersionTag"/>.</summary>
    string VersionTag { get; }
}
