using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Lists the words of products. Nobody waits for it: a product that is not listed yet is searched itself, as are all after a load, and a list
/// that fails costs time alone.
/// </summary>
internal sealed class SqlServerWordList(IServiceScopeFactory scopes)
{
    private const int AtOnce = 100;
    private const string Lock = "product_words";

    private static readonly (string, Type)[] Columns = [("word", typeof(string)), ("product_id", typeof(long))];

    /// <summary>The products of the catalog whose words are not listed as they are now.</summary>
    public static IQueryable<Product> Unlisted(ShopDbContext db) =>
        db.Products.Where(product => product.DeletedAt == null && !EF.Property<bool>(product, ProductWord.HasWords));

    /// <summary>Lists all there are, in small transactions; another node that is at it already is left to it.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await ListSomeAsync(cancellationToken) == AtOnce)
        {
        }
    }

    private async Task<int> ListSomeAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        var locks = scope.ServiceProvider.GetRequiredService<ILocks>();
        var listed = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<Result<int>>(
            async () => await locks.TryTakeAsync(Lock, cancellationToken) ? await ListAsync(db, cancellationToken) : 0,
            cancellationToken,
            repeatsSafely: true);
        return listed.Value;
    }

    /// <summary>The first update locks the products, so that no word changes before the list is saved.</summary>
    private static async Task<int> ListAsync(ShopDbContext db, CancellationToken cancellationToken)
    {
        var ids = await Unlisted(db).OrderBy(product => product.Id).Select(product => product.Id).Take(AtOnce).ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return 0;
        }

        await db.Products.Where(product => ids.Contains(product.Id)).ExecuteUpdateAsync(
            row => row.SetProperty(product => EF.Property<bool>(product, ProductWord.HasWords), true), cancellationToken);
        var texts = await db.Products.Where(product => ids.Contains(product.Id))
            .Select(product => new { product.Id, product.Name, product.Sku, product.Description })
            .ToListAsync(cancellationToken);
        await db.Set<ProductWord>().Where(word => ids.Contains(word.ProductId)).ExecuteDeleteAsync(cancellationToken);
        await using var copy = new SqlServerBulkCopy<ProductWord>(
            db, $"[{SqlServerDialect.Schema}].[{ProductWord.Table}]", Columns, word => [word.Word, word.ProductId]);
        foreach (var word in texts.SelectMany(text => ProductWord.Of(text.Id, text.Name, text.Sku, text.Description)))
        {
            await copy.WriteAsync(word, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
        return ids.Count;
    }
}
