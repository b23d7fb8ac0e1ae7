using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Shop.Infrastructure.Persistence;
using Shop.Infrastructure.Persistence.Configurations;

namespace Shop.Infrastructure.Jobs;

internal static class JobRegistration
{
    private const int MaxJobsAtOnce = 4;

    /// <summary>Adds the scheduler, whose schedule lies in the shop's own database, so that all nodes share it and none is needed.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="useDatabase">Names the database's dialect, and where its connections come from.</param>
    public static IServiceCollection AddScheduler(
        this IServiceCollection services, Action<IPersistentStoreBuilder, Action<DataSourceOptions>> useDatabase)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(options =>
            {
                options.InstanceName = "shop";
                options.GenerateInstanceId = true;
                options.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UseDefaultThreadPool(MaxJobsAtOnce);
            quartz.UsePersistentStore(store =>
            {
                useDatabase(store, options => options.DataSourceFactory = provider =>
                    provider.GetRequiredService<DbProviderFactory>().CreateDataSource(provider.GetRequiredService<DatabaseAddress>().ConnectionString));
                store.UseSystemTextJsonSerializer();
                store.UseClustering();
                store.ConfigureStore(options =>
                {
                    options.TablePrefix = QuartzConfiguration.TablePrefix;
                    options.RecoverFiringsCancelledByShutdown = true;
                });
            });
        });
        return services.AddLateWorker<JobScheduler>();
    }
}
