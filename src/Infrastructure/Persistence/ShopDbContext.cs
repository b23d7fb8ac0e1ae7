using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Shop.Application.Abstractions;
using Shop.Domain.Addresses;
using Shop.Domain.AuditLog;
using Shop.Domain.Carts;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Coupons;
using Shop.Domain.Favorites;
using Shop.Domain.Orders;
using Shop.Domain.Outbox;
using Shop.Domain.Payments;
using Shop.Domain.Reports;
using Shop.Domain.Reviews;
using Shop.Domain.Users;
using Shop.Domain.Webhooks;
using Shop.Infrastructure.Analytics;
using Shop.Infrastructure.Caching;
using Shop.Infrastructure.Identity;
using Shop.Infrastructure.Mail;
using Shop.Infrastructure.Payments.Sandbox;
using Shop.Infrastructure.Persistence.Configurations;
using Shop.Infrastructure.Recommendations;
using Shop.Infrastructure.Reports;

namespace Shop.Infrastructure.Persistence;

/// <summary>The shop's one model. Each provider derives a context from it that owns its migrations and says what differs.</summary>
internal abstract class ShopDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Category> Categories => Set<Category>();

    public DbSet<Product> Products => Set<Product>();

    public DbSet<StockMovement> StockMovements => Set<StockMovement>();

    public DbSet<Cart> Carts => Set<Cart>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Coupon> Coupons => Set<Coupon>();

    public DbSet<CouponRedemption> CouponRedemptions => Set<CouponRedemption>();

    public DbSet<OrderChange> OrderChanges => Set<OrderChange>();

    public DbSet<UserAddress> Addresses => Set<UserAddress>();

    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<Refund> Refunds => Set<Refund>();

    public DbSet<PaymentEvent> PaymentEvents => Set<PaymentEvent>();

    public DbSet<SandboxPayment> SandboxPayments => Set<SandboxPayment>();

    public DbSet<SandboxEntry> SandboxLedger => Set<SandboxEntry>();

    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<Favorite> Favorites => Set<Favorite>();

    public DbSet<ShopUser> Accounts => Set<ShopUser>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();

    public DbSet<MailedTokenRow> MailedTokens => Set<MailedTokenRow>();

    public DbSet<AccountRequest> AccountRequests => Set<AccountRequest>();

    public DbSet<LoggedMail> Mails => Set<LoggedMail>();

    public DbSet<SignInFailures> SignInFailures => Set<SignInFailures>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();

    public DbSet<OutboxEvent> OutboxEvents => Set<OutboxEvent>();

    public DbSet<OutboxDelivery> OutboxDeliveries => Set<OutboxDelivery>();

    public DbSet<Report> Reports => Set<Report>();

    public DbSet<ReportChunk> ReportChunks => Set<ReportChunk>();

    public DbSet<SalesEntry> SalesEntries => Set<SalesEntry>();

    public DbSet<SalesTotal> SalesTotals => Set<SalesTotal>();

    public DbSet<ZoneSpan> SalesCalendar => Set<ZoneSpan>();
    public DbSet<AuditEntry> AuditLog => Set<AuditEntry>();

    public DbSet<WebhookSubscription> Webhooks => Set<WebhookSubscription>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<ImportedInvoice> ImportedInvoices => Set<ImportedInvoice>();

    public DbSet<StoredModel> RecommenderModels => Set<StoredModel>();

    /// <summary>Whether this transaction leaves something for the outbox's workers to do.</summary>
    public bool HasDeliveries { get; set; }

    /// <summary>Whether another system may subscribe to what is saved next; told by <see cref="Subscribers"/>.</summary>
    public bool HasSubscribers { get; set; } = true;

    /// <summary>What this transaction was told about subscribers, which holds until it ends; null before it has asked.</summary>
    public bool? KnowsSubscribers { get; set; }

    /// <summary>Whether what is saved next is the last that this transaction does, so that a provider that can commits it in the same trip.</summary>
    public bool SavesLast { get => field && !EndsSignIns && !CatalogChanges.IsEverything; set; }

    /// <summary>Whether a transaction is done when the work that runs in it is, so that a provider that can commits it with the last thing that is done.</summary>
    public bool EndsWithWork { get; set; }

    /// <summary>Whether anything is tracked or appended that has yet to be saved.</summary>
    public virtual bool HasUnsaved => ChangeTracker.HasChanges();

    /// <summary>How far the commit of a unit of work's transaction has come; open outside of one.</summary>
    public CommitState Commit { get; set; }

    /// <summary>Whether this transaction ends sign-ins, or changes what is known of who signed in.</summary>
    public bool EndsSignIns { get; set; }

    /// <summary>Why this transaction must not be saved, found by a statement that went ahead of others; null when nothing was.</summary>
    public Error? Refusal { get; set; }

    /// <summary>What this transaction changes of what the catalog shows.</summary>
    public CatalogChanges CatalogChanges { get; } = new();

    /// <summary>What the provider says otherwise than the other.</summary>
    public abstract Dialect Dialect { get; }

    /// <summary>Nothing of what an earlier transaction left on this context counts for the next one.</summary>
    /// <param name="goesOn">Whether aggregates do, which it saved.</param>
    public void BeginUnit(bool goesOn = false)
    {
        if (!goesOn)
        {
            ChangeTracker.Clear();
        }

        (HasDeliveries, HasSubscribers, KnowsSubscribers, EndsSignIns, Refusal) = (false, true, null, false, null);
        (SavesLast, EndsWithWork, Commit) = (false, false, CommitState.Open);
        CatalogChanges.Clear();
        ForgetAhead();
    }

    /// <summary>Whether an entity is tracked, and was unchanged when somebody looked last.</summary>
    /// <param name="entity">One of a type of the model.</param>
    public bool Holds(object entity)
    {
        ChangeTracker.AutoDetectChangesEnabled = false; // or asking for the entry compares all that is tracked
        try
        {
            return Entry(entity).State == EntityState.Unchanged;
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <summary>Adds a row that nobody reads or changes before it is saved, and that no other row of this transaction refers to: it needs no tracking.</summary>
    /// <param name="row">One of a type of the model, with no other object attached.</param>
    public virtual void Append(object row) => Add(row);

    /// <summary>Sends what waits to go ahead of the next statement, where the provider lets any wait, if its answers may decide what is saved.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public virtual Task AskAheadAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends all that waits to go ahead of the next statement.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public virtual Task SendAheadAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Forgets what waits to go ahead of the next statement: the transaction that it belongs to has ended.</summary>
    public virtual void ForgetAhead()
    {
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Money>().HaveConversion<MoneyConverter>().HavePrecision(12, 2);
        configurationBuilder.Properties<OrderStatus>().HaveConversion<EnumConverter<OrderStatus>>().HaveMaxLength(20);
        configurationBuilder.Properties<OrderOrigin>().HaveConversion<EnumConverter<OrderOrigin>>().HaveMaxLength(20);
        configurationBuilder.Properties<DeliveryStatus>().HaveConversion<EnumConverter<DeliveryStatus>>().HaveMaxLength(20);
        configurationBuilder.Properties<PaymentStatus>().HaveConversion<EnumConverter<PaymentStatus>>().HaveMaxLength(20);
        configurationBuilder.Properties<RefundStatus>().HaveConversion<EnumConverter<RefundStatus>>().HaveMaxLength(20);
        configurationBuilder.Properties<GatewayStatus>().HaveConversion<EnumConverter<GatewayStatus>>().HaveMaxLength(20);
        configurationBuilder.Properties<SandboxMove>().HaveConversion<EnumConverter<SandboxMove>>().HaveMaxLength(20);
        configurationBuilder.Properties<MailedTokenPurpose>().HaveConversion<EnumConverter<MailedTokenPurpose>>().HaveMaxLength(20);
        configurationBuilder.Properties<MailStatus>().HaveConversion<EnumConverter<MailStatus>>().HaveMaxLength(20);
        configurationBuilder.Properties<ReportType>().HaveConversion<EnumConverter<ReportType>>().HaveMaxLength(20);
        configurationBuilder.Properties<ReportStatus>().HaveConversion<EnumConverter<ReportStatus>>().HaveMaxLength(20);
        configurationBuilder.Properties<StockReason>().HaveConversion<EnumConverter<StockReason>>().HaveMaxLength(20);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Ignore<DomainEvent>();
        foreach (var configuration in EntityConfiguration.All)
        {
            configuration.Configure(modelBuilder, Dialect);
        }

        OutboxConfiguration.CountEvents(modelBuilder);
        Dialect.Complete(modelBuilder);
        SnakeCase.Apply(modelBuilder);
    }

    private sealed class MoneyConverter() : ValueConverter<Money, decimal>(money => money.Amount, amount => Money.From(amount));

    private sealed class EnumConverter<TEnum>() : ValueConverter<TEnum, string>(
        value => value.ToString().ToLowerInvariant(), text => Enum.Parse<TEnum>(text, true))
        where TEnum : struct, Enum;
}

/// <summary>How far the commit of a transaction has come.</summary>
internal enum CommitState
{
    /// <summary>The server has not been asked to commit.</summary>
    Open,

    /// <summary>It has been asked; unless it refused, the commit may have happened.</summary>
    Asked,

    /// <summary>It has committed.</summary>
    Done,
}
