using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.Domain.Catalog;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Asks the list of words first, which an index range answers, and the few products that are not in it yet. What that finds is compared as
/// everywhere, so that the list makes a search faster and never another one.
/// </summary>
internal sealed class SqlServerTextSearch(ShopDbContext db) : TextSearch
{
    protected override Expression<Func<Product, bool>> Contains(string word)
    {
        var contains = base.Contains(word);
        if (word.Length < ProductWord.MinLength)
        {
            return contains;
        }

        var begin = ProductWord.Cut(word);
        var candidates = db.Set<ProductWord>().Where(end => end.Word.StartsWith(begin)).Select(end => end.ProductId)
            .Union(SqlServerWordList.Unlisted(db).Select(product => product.Id));
        return And(product => candidates.Contains(product.Id), contains);
    }
}
