using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Persistence;

/// <summary>Walks by recursive statements, which LINQ can't say.</summary>
internal sealed class CategoryTree(ShopDbContext db) : ICategoryTree
{
    public async Task<IReadOnlyCollection<long>?> ReachAsync(long? id, string? name, CancellationToken cancellationToken)
    {
        var byId = id is null ? null : await BelowAsync("id = {0}", id.Value, cancellationToken);
        var byName = string.IsNullOrWhiteSpace(name) ? null : await BelowAsync("name = {0}", name.Trim(), cancellationToken);
        return byId is null || byName is null ? Ids(byId ?? byName) : Ids(byId.IntersectBy(byName.Select(step => step.Id), step => step.Id));
    }

    public async Task<IReadOnlyList<long>?> PathAsync(long? id, CancellationToken cancellationToken)
    {
        if (id is null)
        {
            return [];
        }

        var up = $$"""
            {{db.Dialect.Recursive}} steps(id, parent_id, depth) AS (
                SELECT id, parent_id, 1 FROM categories WHERE id = {0}
                UNION ALL
                SELECT above.id, above.parent_id, steps.depth + 1 FROM categories above JOIN steps ON above.id = steps.parent_id)
            SELECT id AS "Id", depth AS "Depth" FROM steps
            """;
        var steps = await db.Database.SqlQueryRaw<Step>(up, id.Value).ToListAsync(cancellationToken);
        return steps.Count == 0 ? null : [.. steps.OrderBy(step => step.Depth).Select(step => step.Id)];
    }

    public async Task<int> HeightAsync(long id, CancellationToken cancellationToken) =>
        (await BelowAsync("id = {0}", id, cancellationToken)).Max(step => step.Depth);

    public Task ReleaseWithdrawnAsync(long id, CancellationToken cancellationToken) =>
        db.Products
            .Where(product => product.CategoryId == id && product.DeletedAt != null)
            .ExecuteUpdateAsync(row => row.SetProperty(product => product.CategoryId, (long?)null), cancellationToken);

    private static HashSet<long>? Ids(IEnumerable<Step>? steps) => steps?.Select(step => step.Id).ToHashSet();

    private Task<List<Step>> BelowAsync(string root, object value, CancellationToken cancellationToken)
    {
        var down = $$"""
            {{db.Dialect.Recursive}} steps(id, depth) AS (
                SELECT id, 1 FROM categories WHERE {{root}}
                UNION ALL
                SELECT below.id, steps.depth + 1 FROM categories below JOIN steps ON below.parent_id = steps.id)
            SELECT id AS "Id", depth AS "Depth" FROM steps
            """;
        return db.Database.SqlQueryRaw<Step>(down, value).ToListAsync(cancellationToken);
    }

    private sealed record Step(long Id, int Depth);
}
