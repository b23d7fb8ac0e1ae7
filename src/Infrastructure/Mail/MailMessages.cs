using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Mail;

/// <summary>Mails as the framework's messages.</summary>
internal static class MailMessages
{
    /// <summary>The longest line that may travel as it is (RFC 5321, section 4.5.3.1.6).</summary>
    private const int MaxLineLength = 998;

    /// <summary>The message of a mail: plain text, and HTML for who shows it.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="from">Whom it comes from.</param>
    /// <exception cref="FormatException">The address can't be written in a mail.</exception>
    public static MailMessage Of(OutgoingMail mail, MailAddress from)
    {
        var message = new MailMessage { From = from, Subject = mail.Subject, SubjectEncoding = Encoding.UTF8 };
        message.To.Add(new MailAddress(mail.To));
        message.Headers.Add("Message-ID", $"<{mail.Id}@{from.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated"); // so that nobody's absence notice comes back (RFC 3834)
        message.AlternateViews.Add(View(mail.Text, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(View(mail.Html, MediaTypeNames.Text.Html));
        return message;
    }

    private static AlternateView View(string text, string mediaType)
    {
        var view = AlternateView.CreateAlternateViewFromString(text, Encoding.UTF8, mediaType);
        view.TransferEncoding = text.All(char.IsAscii) && text.Split("\r\n").All(line => line.Length <= MaxLineLength)
            ? TransferEncoding.SevenBit
            : TransferEncoding.QuotedPrintable;
        return view;
    }
}
