using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Quartz;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Orders;
using Shop.Infrastructure.Analytics;
using Shop.Infrastructure.Caching;
using Shop.Infrastructure.Demo;
using Shop.Infrastructure.Identity;
using Shop.Infrastructure.Jobs;
using Shop.Infrastructure.Mail;
using Shop.Infrastructure.Memory;
using Shop.Infrastructure.Outbox;
using Shop.Infrastructure.Payments;
using Shop.Infrastructure.Persistence;
using Shop.Infrastructure.Persistence.Backfill;
using Shop.Infrastructure.Persistence.Paging;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.Infrastructure.Persistence.SqlServer;
using Shop.Infrastructure.Recommendations;
using Shop.Infrastructure.Reports;
using Shop.Infrastructure.Startup;
using Shop.Infrastructure.Webhooks;

namespace Shop.Infrastructure;

/// <summary>Composes the infrastructure.</summary>
public static class DependencyInjection
{
    /// <summary>Adds everything that touches the outside: database, identity, jobs.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="settings">What was configured.</param>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, ShopSettings settings)
    {
        ShopCurrency.Code = settings.Currency;
        services.AddSingleton(settings);
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddPersistence(settings).AddCaching().AddIdentity().AddOutbox().AddPayments(settings).AddMail(settings.Mail)
            .AddAnalytics(settings).AddReports().AddRecommendations().AddJobs(settings).AddMemory();
    }

    private static IServiceCollection AddMemory(this IServiceCollection services) =>
        OperatingSystem.IsLinux() ? services.AddLateWorker<MemoryWorker>() : services;

    /// <remarks>A consumer is added here by <see cref="EventConsumers.AddEventConsumer"/>.</remarks>
    private static IServiceCollection AddOutbox(this IServiceCollection services) =>
        services
            .AddSingleton<OutboxSignal>()
            .AddSingleton<OutboxWorker>()
            .AddSingleton<OutboxPurge>()
            .AddScoped<IOutbox, Persistence.Outbox>()
            .AddLateWorker<OutboxDispatcher>()
            .AddWebhooks();

    private static IServiceCollection AddPersistence(this IServiceCollection services, ShopSettings settings)
    {
        services
            .AddSingleton<DatabaseAddress>()
            .AddScoped<IUnitOfWork, UnitOfWork>()
            .AddScoped<OrderHistory>()
            .AddScoped<AuditTrail>()
            .AddSingleton<SubscribersSeen>()
            .AddScoped<KeysetPager>()
            .AddSingleton<CursorProtector>()
            .AddSingleton<ITextSearch, TextSearch>()
            .AddScoped<ICoupons, CouponUses>()
            .AddScoped<IRatings, Ratings>()
            .AddScoped<ICategoryTree, CategoryTree>()
            .AddScoped<IIdempotencyKeys, IdempotencyKeys>()
            .AddSingleton<PurgeSchedule>()
            .AddScoped<IGuestCarts, GuestCarts>()
            .AddSingleton(new PaymentWindow(settings.PaymentWindow))
            .AddLateWorker<ExpirySweep>()
            .AddSingleton<IBackfillFiles, BackfillFiles>()
            .AddSingleton<ICatalogCsv, CatalogCsv>()
            .AddScoped<IDatabaseHealth, DatabaseHealth>()
            .AddScoped<IPersonalData, PersonalData>();
        return settings.Database == DatabaseKind.SqlServer ? services.AddSqlServer(settings) : services.AddPostgreSql();
    }

    private static IServiceCollection AddRecommendations(this IServiceCollection services) =>
        services
            .AddSingleton(new RecommenderSettings())
            .AddSingleton<ServingModel>()
            .AddScoped<TrainingData>()
            .AddScoped<IRecommender, Recommender>();

    /// <remarks>A job is added here by <see cref="ShopJobs.AddShopJob"/>.</remarks>
    private static IServiceCollection AddJobs(this IServiceCollection services, ShopSettings settings)
    {
        services
            .AddShopJob<TrainingJob>(JobSchedule.Every(settings.TrainEvery))
            .AddShopJob<SalesFoldingJob>(JobSchedule.Every(SalesFoldingJob.Interval, SalesFoldingJob.Interval))
            .AddShopJob<ReportJob>(JobSchedule.Every(ReportJob.Interval, ReportJob.Interval))
            .AddScoped<IReportMaking, ReportMaking>();
        return !settings.JobsEnabled ? services
            : settings.Database == DatabaseKind.SqlServer ? services.AddScheduler((store, source) => store.UseSqlServer(source))
            : services.AddScheduler((store, source) => store.UsePostgres(source));
    }

    /// <remarks>A node that caches no answers tells the others all the same, and hears of sign-ins that end.</remarks>
    private static IServiceCollection AddCaching(this IServiceCollection services) =>
        services
            .AddSingleton<CatalogFreshness>()
            .AddSingleton<ICatalogFreshness>(provider => provider.GetRequiredService<CatalogFreshness>())
            .AddSingleton<LeafCategories>()
            .AddSingleton<CatalogTeller>()
            .AddHostedService(provider => provider.GetRequiredService<CatalogTeller>())
            .AddHostedService<CatalogFollower>();

    private static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services
            .AddSingleton<IPasswordHasher<ShopUser>, PasswordHasher<ShopUser>>()
            .AddSingleton<UnknownAccount>()
            .AddScoped<IAccounts, Accounts>()
            .AddScoped<ISessions, Sessions>()
            .AddSingleton<KnownTokens>()
            .AddSingleton<SignedInUsers>()
            .AddScoped<AttemptCounts>()
            .AddScoped<ISignInThrottle, SignInThrottle>()
            .AddScoped<IMailedTokens, MailedTokens>()
            .AddScoped<IAccountRequests, AccountRequests>()
            .AddScoped<FirstAdmin>()
            .AddScoped<DemoShop>();
        services.AddDataProtection().SetApplicationName("Shop");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = ActivatorUtilities.CreateInstance<DataProtectionKeys>(provider)));
        services
            .AddAuthentication(SessionHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.SchemeName, null)
            .AddBearerToken(BearerTokenDefaults.AuthenticationScheme);
        return services;
    }
}
