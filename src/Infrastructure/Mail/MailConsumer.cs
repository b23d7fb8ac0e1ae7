using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.Application.Abstractions;
using Shop.Domain.Outbox;
using Shop.Infrastructure.Outbox;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Mail;

/// <summary>
/// Sends the mail that follows from an event, and logs it, so that one that was sent is not sent again. What ends the shop between the
/// mail server's answer and the log makes it go out twice, under one Message-ID (docs/adr/0008).
/// </summary>
internal sealed class MailConsumer(
    ShopDbContext db, MailWriter writer, IMailer mailer, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<MailConsumer> log)
    : IEventConsumer
{
    /// <summary>Within the time that the outbox gives.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

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
        var logged = await FindOrAddAsync(happened.EventId, kind, cancellationToken);
        logged.UserId = written.UserId;
        if (written.Mail is not { } mail)
        {
            (logged.Status, logged.Reason) = (MailStatus.Skipped, written.Reason);
            await db.SaveChangesAsync(cancellationToken);
            return;
        }

        logged.Attempts++;
        await db.SaveChangesAsync(cancellationToken);
        await SendAsync(mail);
        (logged.Status, logged.SentAt) = (MailStatus.Sent, clock.GetUtcNow());
        await LastingNote.WriteAsync(() => db.SaveChangesAsync(CancellationToken.None), log, lifetime.ApplicationStopping);
    }

    /// <summary>A shop that stops waits for the server's answer: broken off, a mail that the server has taken would be sent again.</summary>
    private async Task SendAsync(OutgoingMail mail)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeLimit);
            await mailer.SendAsync(mail, limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new MailNotSentException($"Nobody took the mail within {TimeLimit.TotalSeconds} seconds.");
        }
    }

    private async Task<LoggedMail> FindOrAddAsync(Guid eventId, string kind, CancellationToken cancellationToken) =>
        await db.Mails.SingleOrDefaultAsync(each => each.EventId == eventId && each.Kind == kind, cancellationToken)
        ?? db.Mails.Add(new LoggedMail { EventId = eventId, Kind = kind, CreatedAt = clock.GetUtcNow() }).Entity;
}
