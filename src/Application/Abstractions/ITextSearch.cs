using System.Linq.Expressions;
using Shop.Domain.Catalog;
using Shop.Domain.Users;

namespace Shop.Application.Abstractions;

/// <summary>Text search, in the words of the database that serves it.</summary>
public interface ITextSearch
{
    /// <summary>Finds products whose name, SKU or description holds every word of a text, without regard to case.</summary>
    /// <param name="text">What is looked for.</param>
    Expression<Func<Product, bool>> Products(string text);

    /// <summary>Finds products that hold a word; of very many some, those that it fits best and the newest of these.</summary>
    /// <param name="word">A word of a product's name.</param>
    Expression<Func<Product, bool>> SomeProducts(string word);

    /// <summary>How well a product fits a text; larger is better.</summary>
    /// <param name="text">What is looked for.</param>
    Expression<Func<Product, int>> Relevance(string text);

    /// <summary>Finds users whose username, e-mail address or names hold a text, without regard to case.</summary>
    /// <param name="text">What is looked for.</param>
    Expression<Func<User, bool>> Users(string text);
}
