using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Reports;

internal static class ReportRegistration
{
    public static IServiceCollection AddReports(this IServiceCollection services) =>
        services
            .AddScoped<IReportFiles, ReportFiles>()
            .AddSingleton<ReportMaker>()
            .AddSingleton<ReportWorker>();
}
