using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.Application.Common.Paging;
using Shop.Infrastructure.Persistence;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Catalog;

/// <summary>The short way of reading the catalog answers what its specifications answer.</summary>
[PostgreSqlOnly("it has the short way")]
public sealed class CatalogReadsTests : ShopTest
{
    private static readonly string[] Names = ["Red lamp", "Red chair", "50% lamp", "Blue_lamp", "lamp\\shade", "Ärmel", "red LAMP 10", "Chair"];

    private static readonly ListProducts[] Filters =
    [
        Query(),
        Query() with { Search = "lamp" },
        Query() with { Search = "  RED   lamp " },
        Query() with { Search = "50%" },
        Query() with { Search = "e_l" },
        Query() with { Search = "\\" },
        Query() with { Search = "ÄRM" },
        Query() with { MinPrice = 10, MaxPrice = 20 },
        Query() with { InStock = true },
        Query() with { InStock = false },
        Query() with { MinRating = 4 },
        Query() with { MinRating = 0, InStock = true, Search = "lamp", MaxPrice = 15 },
        Query() with { Category = "there is none" },
        Query() with { CategoryId = -1 },
        Query() with { SellerId = -1 },
    ];

    [Test]
    public async Task Every_filter_in_every_order_page_by_page_and_each_product()
    {
        var (above, below, seller, tag) = await FillAsync();
        ListProducts[] filters =
        [
            .. Filters,
            Query() with { CategoryId = above },
            Query() with { CategoryId = below },
            Query() with { Category = $"ABOVE {tag}" },
            Query() with { Category = $"below {tag}" },
            Query() with { CategoryId = above, Category = $"below {tag}" },
            Query() with { CategoryId = below, Category = $"above {tag}" },
            Query() with { SellerId = seller },
            Query() with { SellerId = seller, CategoryId = below, MinPrice = 5, InStock = true },
        ];

        foreach (var filter in filters)
        {
            foreach (var sort in ListProducts.Sorts.Keys.Where(sort => sort != "relevance" || filter.Search is not null))
            {
                await CompareAsync(filter with { Sort = sort });
            }

            await CompareLookAsync(filter);
        }

        await using var scope = Shop.Services.CreateAsyncScope();
        var (specified, own) = Ways(scope.ServiceProvider);
        var all = (await specified.ListAsync(Query() with { Page = Page(100, null) }, default)).Value;
        foreach (var id in all.Items.Select(product => product.Id).Append(-1))
        {
            (await own.FindAsync(id, default)).ShouldBe(await specified.FindAsync(id, default));
        }
    }

    private async Task CompareAsync(ListProducts query)
    {
        await using var scope = Shop.Services.CreateAsyncScope();
        var (specified, own) = Ways(scope.ServiceProvider);
        string? cursor = null;
        for (var page = 0; page < 3; page++)
        {
            var asked = query with { Page = Page(3, cursor) };
            var (expected, got) = ((await specified.ListAsync(asked, default)).Value, (await own.ListAsync(asked, default)).Value);

            got.Items.ShouldBe(expected.Items, $"{asked}");
            got.TotalCount.ShouldBe(expected.TotalCount, $"{asked}");
            (got.NextCursor is null).ShouldBe(expected.NextCursor is null, $"{asked}");
            cursor = page % 2 == 0 ? got.NextCursor : expected.NextCursor;
            if (cursor is null)
            {
                return;
            }
        }
    }

    private async Task CompareLookAsync(ListProducts filter)
    {
        await using var scope = Shop.Services.CreateAsyncScope();
        var (specified, own) = Ways(scope.ServiceProvider);
        var query = new GetProductFacets
        {
            Search = filter.Search,
            CategoryId = filter.CategoryId,
            Category = filter.Category,
            SellerId = filter.SellerId,
            MinPrice = filter.MinPrice,
            MaxPrice = filter.MaxPrice,
            MinRating = filter.MinRating,
            InStock = filter.InStock,
        };

        var (expected, got) = (await specified.LookAsync(query, 1_000, default), await own.LookAsync(query, 1_000, default));

        got.IsAll.ShouldBe(expected.IsAll);
        got.Found.ShouldBe(expected.Found, ignoreOrder: true, $"{query}");
    }

    /// <summary>Products of every kind: in two categories, one below the other, and in none; sold out, rated, of one seller.</summary>
    private async Task<(long Above, long Below, long Seller, string Tag)> FillAsync()
    {
        var (seller, admin) = (await Shop.CustomerAsync(), await Shop.AdminAsync());
        var tag = Guid.NewGuid().ToString("N")[..8];
        var above = (await admin.PostAsync("/categories", new { name = $"above {tag}" })).ShouldBe(201).Id;
        var below = (await admin.PostAsync("/categories", new { name = $"below {tag}", parent_id = above })).ShouldBe(201).Id;
        for (var i = 0; i < 2 * Names.Length; i++)
        {
            long? category = (i % 3) switch { 0 => above, 1 => below, _ => null };
            var product = (await seller.PostAsync("/products", new
            {
                name = Names[i % Names.Length],
                price = 5 + (i % 5 * 3.5m),
                stock = i % 4,
                description = i % 2 == 0 ? null : "for a lamp",
                category_id = category,
            })).ShouldBe(201).Id;
            if (i % 4 == 0)
            {
                (await (await Shop.CustomerAsync()).PostAsync($"/products/{product}/reviews", new { rating = 3 + (i % 3), text = "So." })).ShouldBe(201);
            }
        }

        return (above, below, seller.UserId, tag);
    }

    private static (ICatalogReads Specified, ICatalogReads Own) Ways(IServiceProvider services) =>
        (services.GetRequiredService<CatalogReads>(), services.GetRequiredService<ICatalogReads>());

    private static ListProducts Query() => new() { Page = Page(3, null) };

    private static PageRequest Page(int limit, string? cursor) => new(limit, cursor, Count: true, Scope: "parity");
}
