using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Payments;
using Shop.Domain.Reports;
using Shop.Domain.Users;
using Shop.Domain.Webhooks;
using Shop.Infrastructure.Analytics;
using Shop.Infrastructure.Demo;
using Shop.Infrastructure.Identity;
using Shop.Infrastructure.Mail;
using Shop.Infrastructure.Outbox;
using Shop.Infrastructure.Payments;
using Shop.Infrastructure.Payments.Sandbox;
using Shop.Infrastructure.Persistence;
using Shop.Infrastructure.Persistence.Backfill;
using Shop.Infrastructure.Persistence.Interceptors;
using Shop.Infrastructure.Persistence.SqlServer;
using Shop.Infrastructure.Recommendations;
using Shop.Infrastructure.Reports;
using Shop.Infrastructure.Startup;
using Shop.Infrastructure.Webhooks;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>
/// What each class does that asks the database by itself, and not through a specification. The statements that come of it lie in
/// <c>Statements</c>, in a file of the class's name. A new class with queries of its own needs an entry here.
/// </summary>
internal static partial class Scenarios
{
    private static readonly byte[] Hash = new byte[32];

    public static IReadOnlyDictionary<Type, IReadOnlyList<(string Name, Func<OfflineShop, Task> Run)>> Of { get; } =
        new Dictionary<Type, IReadOnlyList<(string Name, Func<OfflineShop, Task> Run)>>
        {
            [typeof(Accounts)] =
            [
                ("checks a password", shop => shop.Get<IAccounts>().CheckPasswordAsync(1, "secret", default)),
                ("compares a stamp", shop => shop.Get<IAccounts>().HasStampAsync(1, "stamp", default)),
                ("sets a password", shop => Try(() => shop.Get<IAccounts>().SetPasswordAsync(1, "secret", default))),
                ("closes", shop => shop.Get<IAccounts>().CloseAsync(1, default)),
            ],
            [typeof(AccountRequests)] =
                [("keeps a request", shop => shop.Get<IAccountRequests>().MakeAsync(MailedTokenPurpose.Reset, "anna@shop.example", default))],
            [typeof(AttemptCounts)] =
            [
                ("counts on", shop => shop.Get<AttemptCounts>().CountAsync(Hash, TimeSpan.FromMinutes(5), default)),
                ("counts the first", shop => WithoutAny(shop, () => shop.Get<AttemptCounts>().CountAsync(Hash, TimeSpan.FromMinutes(5), default))),
                ("asks", shop => shop.Get<AttemptCounts>().ExceededUntilAsync(Hash, 5, default)),
                ("purges", shop => shop.Get<AttemptCounts>().PurgeAsync(default)),
            ],
            [typeof(CategoryTree)] =
            [
                ("reaches by id and name", shop => shop.Get<ICategoryTree>().ReachAsync(1, "Lamps", default)),
                ("walks up", shop => shop.Get<ICategoryTree>().PathAsync(1, default)),
                ("lets withdrawn products go", shop => shop.Get<ICategoryTree>().ReleaseWithdrawnAsync(1, default)),
            ],
            [typeof(CouponUses)] =
            [
                ("redeems", shop => shop.Get<ICoupons>().RedeemAsync("CODE", 1, 2, default)),
                ("gives back", shop => shop.Get<ICoupons>().GiveBackAsync(1, default)),
                ("counts one user's", shop => shop.Get<ICoupons>().MostUsesByOneUserAsync(1, default)),
            ],
            [typeof(DataProtectionKeys)] = [("keeps", shop => Task.Run(() =>
                ActivatorUtilities.CreateInstance<DataProtectionKeys>(shop.Get<IServiceProvider>()).StoreElement(new XElement("key"), "key")))],
            [typeof(DemoShop)] = [("leaves a shop alone that has products", shop => shop.Get<DemoShop>().FillAsync(default))],
            [typeof(FirstAdmin)] =
            [
                ("finds one", shop => shop.Get<FirstAdmin>().EnsureAsync(default)),
                ("makes one", shop => WithoutAny(shop, () => Try(() => shop.Get<FirstAdmin>().EnsureAsync(default)))),
            ],
            [typeof(GuestCarts)] = [("purges", shop => shop.Get<IGuestCarts>().PurgeAsync(default))],
            [typeof(IdempotencyKeys)] =
            [
                ("finds", shop => shop.Get<IIdempotencyKeys>().FindAsync(1, "key", default)),
                ("keeps", shop => shop.Get<IIdempotencyKeys>().KeepAsync(1, "key", new KeptAnswer(Hash, 200, null, null, null, []), default)),
                ("purges", shop => shop.Get<IIdempotencyKeys>().PurgeAsync(default)),
            ],
            [typeof(MailConsumer)] = [("knows what it sent", shop => shop.Get<MailConsumer>().HandleAsync(Told(PasswordResetRequested.TypeName), default))],
            [typeof(MailWriter)] =
            [
                ("finds a request", shop => shop.Get<MailWriter>().WriteAsync("reset_password", Told(PasswordResetRequested.TypeName), default)),
                ("knows who confirmed", shop => shop.Get<MailWriter>().WriteAsync("confirm_email", Told(UserRegistered.TypeName), default)),
            ],
            [typeof(MailedTokens)] =
            [
                ("issues", shop => shop.Get<IMailedTokens>().IssueAsync(1, MailedTokenPurpose.Reset, Guid.Empty, default)),
                ("finds a user", shop => shop.Get<IMailedTokens>().FindUserAsync("token", MailedTokenPurpose.Reset, default)),
                ("uses", shop => shop.Get<IMailedTokens>().UseAsync("token", MailedTokenPurpose.Reset, "anna@shop.example", default)),
                ("ends all", shop => shop.Get<IMailedTokens>().EndAllAsync(1, default)),
            ],
            [typeof(Infrastructure.Persistence.Outbox)] = [("revives", shop => shop.Get<IOutbox>().ReviveAsync(1, default))],
            [typeof(OutboxPurge)] = [("purges", shop => shop.Get<OutboxPurge>().RunAsync(default))],
            [typeof(OutboxWorker)] =
                [("finds nothing due", shop => shop.Get<OutboxWorker>().RunAsync(new EventConsumer("mail", _ => true, false, (_, _, _) => Task.CompletedTask), default))],
            [typeof(PaymentQueue)] =
            [
                ("lists", shop => shop.Get<IPaymentQueue>().DueAsync<Payment>(default)),
                ("takes", shop => shop.Get<IPaymentQueue>().TryTakeAsync<Refund>(1, default)),
                ("postpones", shop => shop.Get<IPaymentQueue>().PostponeAsync<PaymentEvent>(1, default)),
                ("ends", shop => shop.Get<IPaymentQueue>().EndAsync<Payment>(1, default)),
            ],
            [typeof(PersonalData)] = [("erases", shop => shop.Get<IPersonalData>().EraseAsync(1, default))],
            [typeof(Ratings)] =
            [
                ("locks", shop => shop.Get<IRatings>().LockAsync(1, default)),
                ("adds", shop => shop.Get<IRatings>().AddAsync(1, 1, 5, default)),
            ],
            [typeof(Recommender)] =
            [
                ("trains", shop => shop.Get<IRecommender>().TryTrainAsync(default)),
                ("ranks", shop => shop.Get<IRecommender>().RankAsync(1, default)),
            ],
            [typeof(ReportFiles)] = [("reads", shop => shop.Get<IReportFiles>().ReadAsync(1, default).ToListAsync().AsTask())],
            [typeof(ReportMaker)] = [.. Enum.GetValues<ReportType>().Select(type => ($"makes {type}", (Func<OfflineShop, Task>)(shop => MakeReportAsync(shop, type))))],
            [typeof(ReportWorker)] =
            [
                ("makes a report", shop => RunReportAsync(shop, attempt: 1)),
                ("gives a report up", shop => RunReportAsync(shop, ReportWorker.MaxAttempts + 1)),
                ("purges", shop => shop.Get<ReportWorker>().PurgeAsync(default)),
            ],
            [typeof(SalesFacts)] = [("loads what it needs", LoadMissingAsync)],
            [typeof(SalesInterceptor)] = [("writes sales down", EndOrderAsync)],
            [typeof(SalesOpening)] = [("counts all again", shop => shop.Get<SalesOpening>().EnsureAsync(default))],
            [typeof(SalesStatistics)] =
            [
                ("best customer", shop => shop.Get<ISalesStatistics>().MostValuableCustomerAsync(default)),
                ("best product", shop => shop.Get<ISalesStatistics>().MostPopularProductAsync(default)),
                ("best products of some days", shop => shop.Get<ISalesStatistics>().TopProductsAsync(new DayRange(new DateOnly(2025, 2, 12), new DateOnly(2025, 11, 20)), 20, default)),
                ("revenue", shop => shop.Get<ISalesStatistics>().SalesByDayAsync(DayRange.All, default)),
            ],
            [typeof(SandboxGateway)] =
            [
                ("finds a payment", shop => shop.Make<SandboxGateway>().FindAsync(new GatewayQuery("key", null, OfflineShop.Now), default)),
                ("finds a refund", shop => shop.Make<SandboxGateway>().FindRefundAsync("reference", "key", default)),
            ],
            [typeof(ServingModel)] = [("loads the newest", LoadModelAsync)],
            [typeof(SessionHandler)] = [("finds who signed in", shop => SessionHandler.FindUserAsync(shop.Db, 1, default))],
            [typeof(Sessions)] =
            [
                ("opens", shop => shop.Get<ISessions>().OpenAsync(1, default)),
                ("refreshes", shop => Try(() => shop.Get<ISessions>().RefreshAsync("token", default))),
                ("ends", shop => shop.Get<ISessions>().EndAsync("token", default)),
                ("ends all", shop => shop.Get<ISessions>().EndAllAsync(1, default)),
            ],
            [typeof(SignInThrottle)] =
            [
                ("asks", shop => shop.Get<ISignInThrottle>().RefusalAsync("anna", default)),
                ("forgets", shop => shop.Get<ISignInThrottle>().ForgetAsync("anna", default)),
            ],
            [typeof(Stock)] =
            [
                ("takes", shop => shop.Get<IStock>().TakeAsync([new StockLine(1, 2)], StockReason.Placed, 3, default)),
                ("finds missing", shop => shop.Get<IStock>().FindMissingAsync([new StockLine(1, 2)], default)),
                ("takes up to", shop => Try(() => shop.Get<IStock>().TakeUpToAsync(new StockLine(1, 2), StockReason.Placed, 3, default))),
                ("gives back", shop => shop.Get<IStock>().GiveBackAsync([new StockLine(1, 2)], StockReason.Released, 3, default)),
                ("counts sold", shop => shop.Get<IStock>().CountSoldAsync([new StockLine(1, 2)], default)),
            ],
            [typeof(Subscribers)] =
            [
                ("asks", shop => WithAsync(shop, AccountRequest.Make(MailedTokenPurpose.Reset, "anna@shop.example", OfflineShop.Now), () => shop.Get<Subscribers>().CountAsync(default))),
                ("changes", shop => WithAsync(shop, WebhookSubscription.Create("https://erp.invalid", [], true, "", OfflineShop.Now), () => shop.Get<Subscribers>().CountAsync(default))),
            ],
            [typeof(SqlServerBackfillTables)] =
            [
                ("loads sales", shop => InTransactionAsync(shop, () => LoadSalesAsync(shop.Get<IBackfillTables>()))),
                ("loads a catalog", shop => InTransactionAsync(shop, () => LoadCatalogAsync(shop.Get<IBackfillTables>()))),
            ],
            [typeof(SqlServerLocks)] =
            [
                ("takes", shop => shop.Get<ILocks>().TakeAsync("name", default)),
                ("holds", shop => shop.Get<ILocks>().HoldAsync("name", default)),
                ("tries", shop => shop.Get<ILocks>().TryTakeAsync("name", default)),
                ("holds a user", shop => shop.Get<ILocks>().HoldUserAsync(1, UserErrors.Unknown, default)),
            ],
            [typeof(SqlServerOutboxClaims)] =
                [("claims", shop => shop.Get<IOutboxClaims>().ClaimAsync("mail", Guid.Empty, OfflineShop.Now, OfflineShop.Now, 8, default))],
            [typeof(SqlServerSalesBooks)] =
            [
                ("adds up", FoldAsync),
                ("counts anew", shop => shop.Get<ISalesBooks>().RecountAsync(default)),
            ],
            [typeof(SqlServerSandboxBooks)] =
            [
                ("reserves", shop => shop.Make<SandboxGateway>().AuthorizeAsync(new GatewayCharge("key", 1, 2, Money.From(3), "EUR", "sandbox_ok"), default)),
                ("moves", shop => WithoutAny(shop, () => MoveMoneyAsync(shop))),
            ],
            [typeof(SqlServerTextSearch)] =
            [
                ("finds by words", shop => SearchAsync(shop, "red lamp")),
                ("finds by what is in no list", shop => SearchAsync(shop, "xl")),
                ("ranks", shop => SearchAsync(shop, "red lamp", ProductSort.Relevance)),
            ],
            [typeof(SqlServerWordList)] = [("lists", ListWordsAsync)],
            [typeof(SqlServerWebhookClaims)] =
                [("claims", shop => shop.Get<IWebhookClaims>().ClaimAsync(1, Guid.Empty, OfflineShop.Now, OfflineShop.Now, 8, default))],
            [typeof(TrainingData)] =
            [
                ("reads interactions", shop => shop.Get<TrainingData>().ReadInteractionsAsync(default)),
                ("reads the catalog", shop => shop.Get<TrainingData>().ReadCatalogAsync(default)),
            ],
            [typeof(WebhookDeliveries)] = [("revives", shop => shop.Get<IWebhookDeliveries>().ReviveAsync(1, default))],
            [typeof(WebhookFiling)] = [("files", FileWebhookAsync)],
            [typeof(WebhookPurge)] = [("purges", shop => shop.Get<WebhookPurge>().RunAsync(default))],
            [typeof(WebhookWorker)] =
            [
                ("finds who has something due", shop => shop.Get<WebhookWorker>().FindBusyAsync(default)),
                ("fails and pauses", shop => DeliverWebhookAsync(shop, OfflineShop.Now)),
                ("gives up", shop => DeliverWebhookAsync(shop, OfflineShop.Now - WebhookDelivery.Patience)),
            ],
            [typeof(SqlServerSetup)] = [("turns row versions on", shop => shop.Get<IDatabaseSetup>().ApplyAsync(default))],
        };

    /// <summary>Runs all of one class, each in a shop of its own.</summary>
    public static async Task<string> RecordAsync(Type owner)
    {
        var text = new System.Text.StringBuilder();
        foreach (var (name, run) in Of[owner])
        {
            await using var shop = new OfflineShop();
            await run(shop);
            text.Append("-- ").Append(owner.Name).Append(' ').Append(name).Append("\n\n").Append(shop.Recorder.Text).Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }
}
