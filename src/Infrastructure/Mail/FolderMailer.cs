using System.Net.Mail;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Mail;

/// <summary>Writes mails to files that mail programs open, on a developer's machine: <c>mail/*.eml</c> below the data directory.</summary>
internal sealed class FolderMailer(MailSettings settings) : IMailer
{
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        // The client chooses the name of its file; it is given another when it is complete, so that who looks finds no half of one
        var pickup = Directory.CreateDirectory(Path.Combine(settings.Folder!, ".unfinished", Guid.NewGuid().ToString("N")));
        try
        {
            using var message = MailMessages.Of(mail, settings.From);
            using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = pickup.FullName };
            await client.SendMailAsync(message, cancellationToken);
            File.Move(pickup.GetFiles().Single().FullName, Path.Combine(settings.Folder!, $"{mail.Id}.eml"), overwrite: true);
        }
        catch (Exception exception) when (exception is SmtpException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new MailNotSentException($"The mail could not be written to '{settings.Folder}': {exception.GetBaseException().Message}");
        }
        finally
        {
            pickup.Delete(recursive: true);
        }
    }
}
