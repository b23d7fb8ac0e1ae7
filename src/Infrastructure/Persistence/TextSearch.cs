using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Catalog;
using Shop.Domain.Users;
using Shop.Infrastructure.Persistence.Configurations;
using Shop.Infrastructure.Persistence.Paging;

namespace Shop.Infrastructure.Persistence;

/// <summary>Finds words as parts of the searchable column, which a trigram index serves on PostgreSQL.</summary>
internal class TextSearch : ITextSearch
{
    private const int MaxRankedWords = 5;

    public Expression<Func<Product, bool>> Products(string text) =>
        Words(text).Select(Contains).Aggregate((all, next) => And(all, next));

    /// <summary>Name before SKU before description, and the earlier the better; of the whole text and of its first words.</summary>
    public Expression<Func<Product, double>> Relevance(string text)
    {
        var whole = text.Trim().ToLowerInvariant();
        return Words(text).Take(MaxRankedWords).Where(word => word != whole).Select(Score).Aggregate(Score(whole), Add);
    }

    public Expression<Func<User, bool>> Users(string text)
    {
        var part = text.Trim().ToLowerInvariant();
        return user => EF.Property<string>(user, UserConfiguration.SearchText).Contains(part);
    }

    /// <summary>The words of a text, in lower case; a text of white space alone has one that everything holds.</summary>
    public static IEnumerable<string> Words(string text) =>
        text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().DefaultIfEmpty("");

    /// <summary>Finds the products that hold a word.</summary>
    /// <param name="word">In lower case and without white space; empty finds all.</param>
    protected virtual Expression<Func<Product, bool>> Contains(string word) =>
        product => EF.Property<string>(product, CatalogConfiguration.SearchText).Contains(word);

    /// <summary>Finds what both find.</summary>
    protected static Expression<Func<Product, bool>> And(Expression<Func<Product, bool>> left, Expression<Func<Product, bool>> right) =>
        Expression.Lambda<Func<Product, bool>>(
            Expression.AndAlso(left.Body, Rebind.Body(right, left.Parameters.Single())), left.Parameters);

    private static Expression<Func<Product, double>> Score(string part) =>
        product => !EF.Property<string>(product, CatalogConfiguration.SearchText).Contains(part)
            ? 0.0
            : (EF.Property<string>(product, CatalogConfiguration.SearchText).IndexOf(part) < product.Name.Length ? 2.0
                : EF.Property<string>(product, CatalogConfiguration.SearchText).IndexOf(part) <= product.Name.Length + product.Sku.Length ? 1.0
                : 0.0)
            + (1.0 / (1 + EF.Property<string>(product, CatalogConfiguration.SearchText).IndexOf(part)));

    private static Expression<Func<Product, double>> Add(Expression<Func<Product, double>> left, Expression<Func<Product, double>> right) =>
        Expression.Lambda<Func<Product, double>>(
            Expression.Add(left.Body, Rebind.Body(right, left.Parameters.Single())), left.Parameters);
}
