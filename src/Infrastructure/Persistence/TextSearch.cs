using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Catalog;
using Shop.Domain.Users;
using Shop.Infrastructure.Persistence.Configurations;
using Shop.Infrastructure.Persistence.Paging;

namespace Shop.Infrastructure.Persistence;

/// <summary>Finds words as parts of the searchable columns.</summary>
internal class TextSearch : ITextSearch
{
    /// <summary>How many words of a text say how well a product fits it.</summary>
    public const int MaxRankedWords = 5;

    private static readonly string Space = " ";

    public Expression<Func<Product, bool>> Products(string text) =>
        Words(text).Select(Contains).Aggregate((all, next) => And(all, next));

    public virtual Expression<Func<Product, bool>> SomeProducts(string word) => Products(word);

    /// <summary>
    /// From 3 to 0, by the word that fits worst: 3 where all are in the first word of the name, 2 in the name, 1 in name or SKU, 0 anywhere.
    /// </summary>
    public Expression<Func<Product, int>> Relevance(string text)
    {
        var words = Ranked(text);
        var product = Expression.Parameter(typeof(Product), "product");
        return Expression.Lambda<Func<Product, int>>(
            Either(AreInFirstWord, 3, Either(AreInName, 2, Either(AreInNameOrSku, 1, Expression.Constant(0)))), product);

        Expression Either(Func<string, Expression<Func<Product, bool>>> place, int rank, Expression otherwise) =>
            Expression.Condition(
                words.Select(word => Rebind.Body(place(word), product)).Aggregate(Expression.AndAlso), Expression.Constant(rank), otherwise);
    }

    public Expression<Func<User, bool>> Users(string text)
    {
        var part = text.Trim().ToLowerInvariant();
        return user => EF.Property<string>(user, UserConfiguration.SearchText).Contains(part);
    }

    /// <summary>The words of a text, in lower case; a text of white space alone has one that everything holds.</summary>
    /// <remarks>The capital dotted I becomes two characters, as in the databases' searchable columns.</remarks>
    public static IEnumerable<string> Words(string text) =>
        text.Replace("İ", "i̇", StringComparison.Ordinal).ToLowerInvariant()
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().DefaultIfEmpty("");

    /// <summary>The words that say how well a product fits: the longest.</summary>
    public static IReadOnlyList<string> Ranked(string text) => [.. Words(text).OrderByDescending(word => word.Length).Take(MaxRankedWords)];

    /// <summary>Finds the products that hold a word.</summary>
    /// <param name="word">In lower case and without white space; empty finds all.</param>
    protected virtual Expression<Func<Product, bool>> Contains(string word) =>
        product => EF.Property<string>(product, CatalogConfiguration.SearchText).Contains(word);

    /// <summary>Finds what both find.</summary>
    protected static Expression<Func<Product, bool>> And(Expression<Func<Product, bool>> left, Expression<Func<Product, bool>> right) =>
        Expression.Lambda<Func<Product, bool>>(
            Expression.AndAlso(left.Body, Rebind.Body(right, left.Parameters.Single())), left.Parameters);

    private static Expression<Func<Product, bool>> AreInFirstWord(string word) =>
        product => EF.Property<string>(product, CatalogConfiguration.SearchText).IndexOf(word)
            < EF.Property<string>(product, CatalogConfiguration.SearchText).IndexOf(Space);

    private static Expression<Func<Product, bool>> AreInName(string word) =>
        product => EF.Property<string>(product, CatalogConfiguration.SearchText).IndexOf(word) < product.Name.Length;

    private static Expression<Func<Product, bool>> AreInNameOrSku(string word) =>
        product => EF.Property<string>(product, CatalogConfiguration.SearchText).IndexOf(word) <= product.Name.Length + product.Sku.Length;
}
