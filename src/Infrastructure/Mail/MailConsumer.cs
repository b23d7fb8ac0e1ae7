using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Outbox;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Mail;

/// <summary>
/// Sends the mail that follows from an event, and logs it, so that one that was sent is not sent again. What ends the shop between the
/// mail server's answer and the log makes it go out twice, under one Message-ID (docs/adr/0008).
/// </summary>
internal sealed class MailConsumer(ShopDbContext db, MailWriter writer, IMailer mailer, TimeProvider clock) : IEventConsumer
{
    public static string Name => "mails";

    public static bool Wants(string type) => MailKinds.Of(type) is not null;

    public async Task HandleAsync(OutboxEvent happened, CancellationToken cancellationToken)
    {
        // A shop of another version may have wanted more events
        if (MailKinds.Of(happened.Type) is not { } kind)
        {
            return;
        }

        if (await db.Mails.AnyAsync(each => each.EventId == happened.EventId && each.Kind == kind && each.Status != MailStatus.Sending, cancellationToken))
        {
            return;
        }

        var written = await writer.WriteAsync(kind, happened, cancellationToken);
        var log = await FindOrAddAsync(happened.EventId, kind, cancellationToken);
        log.UserId = written.UserId;
        if (written.Mail is { } mail)
        {
            log.Attempts++;
            await db.SaveChangesAsync(cancellationToken);
            await mailer.SendAsync(mail, cancellationToken);
            (log.Status, log.SentAt) = (MailStatus.Sent, clock.GetUtcNow());
        }
        else
        {
            (log.Status, log.Reason) = (MailStatus.Skipped, written.Reason);
        }

        // What was sent has to be noted, whoever gives up meanwhile
        await db.SaveChangesAsync(CancellationToken.None);
    }

    private async Task<LoggedMail> FindOrAddAsync(Guid eventId, string kind, CancellationToken cancellationToken) =>
        await db.Mails.SingleOrDefaultAsync(each => each.EventId == eventId && each.Kind == kind, cancellationToken)
        ?? db.Mails.Add(new LoggedMail { EventId = eventId, Kind = kind, CreatedAt = clock.GetUtcNow() }).Entity;
}
