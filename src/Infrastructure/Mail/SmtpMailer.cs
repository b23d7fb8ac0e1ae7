using System.Net;
using System.Net.Mail;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Mail;

/// <summary>Hands mails to a mail server by SMTP, each over a connection of its own, encrypted by STARTTLS where that is set.</summary>
internal sealed class SmtpMailer(MailSettings settings) : IMailer
{
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        try
        {
            using var message = MailMessages.Of(mail, settings.From);
            using var client = new SmtpClient(settings.Host, settings.Port)
            {
                EnableSsl = settings.UseTls,
                DeliveryFormat = SmtpDeliveryFormat.International,
                Credentials = settings.Username is null ? null : new NetworkCredential(settings.Username, settings.Password),
            };
            await client.SendMailAsync(message, cancellationToken);
        }
        catch (Exception exception) when (exception is SmtpException or FormatException)
        {
            throw new MailNotSentException(Explain(exception, mail.To));
        }
    }

    /// <summary>Servers repeat the address in what they refuse; it has no place in a log.</summary>
    private string Explain(Exception exception, string to)
    {
        var status = exception is SmtpException { StatusCode: not SmtpStatusCode.GeneralFailure } refused ? $"{(int)refused.StatusCode} " : "";
        var reason = exception is SmtpException ? exception.GetBaseException().Message : "The address can't be written in a mail.";
        return $"The mail server {settings.Host}:{settings.Port} did not take the mail: {status}{reason.Replace(to, "…", StringComparison.OrdinalIgnoreCase)}";
    }
}
