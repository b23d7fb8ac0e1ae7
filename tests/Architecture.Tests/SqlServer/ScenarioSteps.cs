using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.Application.Common.Paging;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Outbox;
using Shop.Domain.Payments;
using Shop.Domain.Reports;
using Shop.Domain.Users;
using Shop.Domain.Webhooks;
using Shop.Infrastructure.Analytics;
using Shop.Infrastructure.Payments.Sandbox;
using Shop.Infrastructure.Persistence;
using Shop.Infrastructure.Persistence.Backfill;
using Shop.Infrastructure.Persistence.SqlServer;
using Shop.Infrastructure.Recommendations;
using Shop.Infrastructure.Reports;
using Shop.Infrastructure.Webhooks;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>What scenarios do that takes more than a call.</summary>
internal static partial class Scenarios
{
    private static OutboxEvent Told(string type) => OutboxEvent.Of(type, "user", 1, 1, "{}", OfflineShop.Now, []);

    /// <summary>No row comes back, so what needs one ends early; what was asked for it is written down.</summary>
    private static async Task Try(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (InvalidOperationException exception) when (exception.Message.StartsWith("Sequence contains no elements", StringComparison.Ordinal))
        {
        }
        catch (DbUpdateException exception) when (exception.InnerException is InvalidOperationException)
        {
        }
    }

    private static Task WithAsync(OfflineShop shop, AggregateRoot about, Func<Task> work)
    {
        shop.Db.Entry(about).State = EntityState.Added;
        return work();
    }

    private static async Task WithoutAny(OfflineShop shop, Func<Task> work)
    {
        (shop.Recorder.Exists, shop.Recorder.RowsAffected) = (false, 0);
        await work();
    }

    private static async Task InTransactionAsync(OfflineShop shop, Func<Task> work)
    {
        await using var transaction = await shop.Db.Database.BeginTransactionAsync();
        await work();
    }

    private static async Task LoadSalesAsync(IBackfillTables tables)
    {
        await using (var copy = await tables.StageSalesAsync(default))
        {
            await copy.CompleteAsync(default);
        }

        await foreach (var _ in tables.ReadLargeInvoicesAsync(default))
        {
        }

        await tables.RemoveSalesAsync([], default);
        await tables.LoadSalesAsync(OfflineShop.Now, default);
    }

    private static async Task LoadCatalogAsync(IBackfillTables tables)
    {
        await using (var copy = await tables.StageCatalogAsync(default))
        {
            await copy.CompleteAsync(default);
        }

        await tables.LoadCatalogAsync(new CatalogColumns(true, true, true), OfflineShop.Now, default);
    }

    private static async Task FoldAsync(OfflineShop shop)
    {
        shop.Recorder.Answer("DELETE FROM sales_entries", 1);
        await shop.Get<ISalesBooks>().FoldAsync(5_000, default);
    }

    /// <summary>Nothing has moved under the key, and the payment stands where it can be captured.</summary>
    private static async Task MoveMoneyAsync(OfflineShop shop)
    {
        shop.Recorder.RowsAffected = 1;
        await Try(() => shop.Make<SandboxGateway>().CaptureAsync("reference", "key-capture", default));
    }

    private static Task MakeReportAsync(OfflineShop shop, ReportType type) =>
        shop.Get<ReportMaker>().MakeAsync(new ClaimedReport(1, type, null, null, Guid.Empty, 1), (_, _) => Task.CompletedTask, default);

    private static async Task RunReportAsync(OfflineShop shop, int attempt)
    {
        shop.Recorder.Answer("FROM [reports]", 1L, "inventory", DBNull.Value, DBNull.Value, attempt);
        await shop.Get<ReportWorker>().RunAsync(default);
    }

    private static async Task LoadModelAsync(OfflineShop shop)
    {
        shop.Recorder.Answer("SELECT MAX(", 1L);
        await shop.Get<ServingModel>().GetAsync(shop.Db, default);
    }

    private static async Task LoadMissingAsync(OfflineShop shop)
    {
        var refund = Found<Refund>(shop.Db, id: 1);
        refund.State = EntityState.Unchanged;
        refund.Property(each => each.Status).CurrentValue = RefundStatus.Succeeded;
        Edit(shop.Db);
        foreach (var missing in SalesFacts.Missing(shop.Db).ToList())
        {
            await missing.LoadAsync();
        }
    }

    private static async Task EndOrderAsync(OfflineShop shop)
    {
        Edit(shop.Db);
        await Try(() => shop.Db.SaveChangesAsync());
    }

    /// <summary>A paid order that goes back.</summary>
    private static void Edit(ShopDbContext db)
    {
        var order = Found<Order>(db, id: 2);
        order.Property(each => each.PaidAt).CurrentValue = OfflineShop.Now;
        order.State = EntityState.Unchanged;
        order.Property(each => each.RefundedAt).CurrentValue = OfflineShop.Now;
    }

    private static EntityEntry<T> Found<T>(ShopDbContext db, long id)
        where T : AggregateRoot
    {
        var entry = db.Entry((T)Activator.CreateInstance(typeof(T), nonPublic: true)!);
        entry.Property(each => each.Id).CurrentValue = id;
        return entry;
    }

    private static async Task SearchAsync(OfflineShop shop, string text, ProductSort sort = ProductSort.Newest)
    {
        var search = shop.Get<ITextSearch>();
        var filter = new ProductFilter { Matches = search.Products(text), Relevance = search.Relevance(text) };
        var found = await shop.Get<IRepository<Product>>().GetPageAsync<ProductAnswer>(
            ProductSpecs.Search(filter, sort), new PageRequest(20, null, Count: false, "scope"), default);
        found.IsFailure.ShouldBeFalse();
    }

    private static async Task ListWordsAsync(OfflineShop shop)
    {
        shop.Recorder.Answer("SELECT TOP(@p) [p].[id]", 1L);
        await shop.Get<SqlServerWordList>().RunAsync(default);
    }

    private static WebhookSubscription Webhook(OfflineShop shop)
    {
        var webhook = WebhookSubscription.Create("http://127.0.0.1/", [PasswordResetRequested.TypeName], isActive: true, shop.Get<WebhookSecrets>().Create().Protected, OfflineShop.Now);
        webhook.TakeEvents();
        return webhook;
    }

    private static async Task FileWebhookAsync(OfflineShop shop)
    {
        shop.Recorder.Answer("FROM [webhooks]", sql => SampleRow.Of(shop.Db, Webhook(shop), sql));
        await ActivatorUtilities.CreateInstance<WebhookFiling>(shop.Services).HandleAsync(Told(PasswordResetRequested.TypeName), default);
        await shop.Db.SaveChangesAsync();
    }

    private static async Task DeliverWebhookAsync(OfflineShop shop, DateTimeOffset filed)
    {
        var delivery = WebhookDelivery.Of(1, Told(PasswordResetRequested.TypeName), "{}", filed, filed);
        shop.Recorder.Answer("FROM [webhooks]", sql => SampleRow.Of(shop.Db, Webhook(shop), sql));
        shop.Recorder.Answer("UPDATE TOP", 1L);
        shop.Recorder.Answer("SELECT [w].[id], [w].[aggregate_id]", sql => SampleRow.Of(shop.Db, delivery, sql));
        await Task.WhenAll(await shop.Get<WebhookWorker>().BeginAsync(1, 4, default));
    }
}
