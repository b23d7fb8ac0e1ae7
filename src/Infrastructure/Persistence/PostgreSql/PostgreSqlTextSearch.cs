using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.Domain.Catalog;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>Finds products by the list of a word where not all of them are wanted.</summary>
internal sealed class PostgreSqlTextSearch(ShopDbContext db) : TextSearch
{
    private const int Some = 1_000;

    public override Expression<Func<Product, bool>> SomeProducts(string word)
    {
        var lower = Words(word).First();
        var found = db.Set<ListedWord>().Where(listed => listed.Word == lower)
            .OrderByDescending(listed => listed.Rank).ThenByDescending(listed => listed.CreatedAt).ThenByDescending(listed => listed.ProductId)
            .Take(Some)
            .Select(listed => listed.ProductId);
        return product => found.Contains(product.Id);
    }
}
