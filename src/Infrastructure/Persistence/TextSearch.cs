using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Catalog;
using Shop.Domain.Users;
using Shop.Infrastructure.Persistence.Configurations;
using Shop.Infrastructure.Persistence.Paging;

namespace Shop.Infrastructure.Persistence;

/// <summary>Finds words as parts of the searchable column, which a trigram index serves on PostgreSQL.</summary>
internal sealed class TextSearch : ITextSearch
{
    private const int MaxWords = 10;

    public Expression<Func<Product, bool>> Products(string text) =>
        Words(text).Select(Contains).Aggregate((all, next) => And(all, next));

    /// <summary>The earlier the whole text stands, name first, then SKU, then description, the better.</summary>
    public Expression<Func<Product, double>> Relevance(string text)
    {
        var whole = text.Trim().ToLowerInvariant();
        return product => EF.Property<string>(product, CatalogConfiguration.SearchText).Contains(whole)
            ? 1.0 / (1 + EF.Property<string>(product, CatalogConfiguration.SearchText).IndexOf(whole))
            : 0.0;
    }

    public Expression<Func<User, bool>> Users(string text)
    {
        var part = text.Trim().ToLowerInvariant();
        return user => EF.Property<string>(user, UserConfiguration.SearchText).Contains(part);
    }

    private static IEnumerable<string> Words(string text) =>
        text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().Take(MaxWords).DefaultIfEmpty("");

    private static Expression<Func<Product, bool>> Contains(string word) =>
        product => EF.Property<string>(product, CatalogConfiguration.SearchText).Contains(word);

    private static Expression<Func<Product, bool>> And(Expression<Func<Product, bool>> left, Expression<Func<Product, bool>> right) =>
        Expression.Lambda<Func<Product, bool>>(
            Expression.AndAlso(left.Body, Rebind.Body(right, left.Parameters.Single())), left.Parameters);
}
