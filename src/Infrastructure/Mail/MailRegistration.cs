using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Infrastructure.Outbox;

namespace Shop.Infrastructure.Mail;

internal static class MailRegistration
{
    /// <summary>
    /// Adds mails. In Production without a mail server there is no consumer of events, so that none wait for one: mails begin with what
    /// happens after one is set.
    /// </summary>
    public static IServiceCollection AddMail(this IServiceCollection services, MailSettings settings)
    {
        services.AddSingleton(settings).AddHostedService<MailStart>();
        if (!settings.IsOn)
        {
            return services;
        }

        if (settings.Host is null)
        {
            services.AddSingleton<IMailer, FolderMailer>();
        }
        else
        {
            services.AddSingleton<IMailer, SmtpMailer>();
        }

        return services
            .AddSingleton<MailTemplates>()
            .AddSingleton<MailValues>()
            .AddScoped<MailWriter>()
            .AddEventConsumer<MailConsumer>();
    }
}
