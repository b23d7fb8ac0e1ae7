using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Shop.Infrastructure.Jobs;

/// <summary>A job that the shop runs by itself, on one node at a time.</summary>
/// <param name="Type">Does it; made anew each time, in a scope of its own.</param>
/// <param name="Schedule">When.</param>
internal sealed record ShopJob(Type Type, JobSchedule Schedule)
{
    /// <summary>What all jobs of the shop have in common in the database.</summary>
    public const string Group = "shop";

    /// <summary>What the database knows it by.</summary>
    public JobKey Key => KeyOf(Type);

    /// <summary>What the database knows a job by.</summary>
    public static JobKey KeyOf(Type job) => new(job.Name, Group);
}

internal static class ShopJobs
{
    /// <summary>Lets a job run on a schedule that all nodes share. One that a killed node leaves unfinished begins again on another.</summary>
    /// <typeparam name="T">Does it, by a service of the application; mark it so that it never runs twice at once where that matters.</typeparam>
    /// <param name="services">Where to.</param>
    /// <param name="schedule">When.</param>
    public static IServiceCollection AddShopJob<T>(this IServiceCollection services, JobSchedule schedule)
        where T : class, IJob =>
        services.AddScoped<T>().AddSingleton(new ShopJob(typeof(T), schedule));
}
