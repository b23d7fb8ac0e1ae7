using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Infrastructure.Mail;

/// <summary>Says at start where mails go, and finds mistakes in a shop's own templates before the first mail does.</summary>
internal sealed partial class MailStart(MailSettings settings, IServiceProvider services, ILogger<MailStart> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!settings.IsOn)
        {
            NoServer(log);
        }
        else if (settings.Templates is not null)
        {
            services.GetRequiredService<MailTemplates>();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "No mails are sent, and none are kept for later: nobody can reset a password or confirm an address. Set Shop:Mail:Host to change that.")]
    private static partial void NoServer(ILogger log);
}
