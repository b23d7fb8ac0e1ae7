using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Application.Orders;
using Shop.Application.Users;
using Shop.Domain.Orders;
using Shop.Domain.Outbox;
using Shop.Domain.Payments;
using Shop.Domain.Users;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Mail;

/// <summary>Writes the mail that follows from an event to whom it concerns, as they are now: events hold neither addresses nor tokens.</summary>
internal sealed class MailWriter(
    ShopDbContext db, IRepository<User> users, IRepository<Order> orders, IMailedTokens tokens, MailTemplates templates, MailValues values)
{
    /// <summary>Writes one mail; a token that it needs is made now.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="happened">What it follows from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<WrittenMail> WriteAsync(string kind, OutboxEvent happened, CancellationToken cancellationToken) => happened.Type switch
    {
        UserRegistered.TypeName or UserEmailChanged.TypeName =>
            WriteTokenAsync(kind, MailedTokenPurpose.Confirm, happened.AggregateId, happened, cancellationToken),
        ConfirmationRequested.TypeName or PasswordResetRequested.TypeName => WriteRequestedAsync(kind, happened, cancellationToken),
        RefundSucceeded.TypeName => WriteRefundAsync(kind, happened, cancellationToken),
        _ => WriteOrderAsync(kind, happened, cancellationToken),
    };

    private async Task<WrittenMail> WriteRequestedAsync(string kind, OutboxEvent happened, CancellationToken cancellationToken)
    {
        var request = await db.AccountRequests.AsNoTracking().SingleOrDefaultAsync(each => each.Id == happened.AggregateId, cancellationToken);
        if (request is null)
        {
            return WrittenMail.Skipped(null, "forgotten");
        }

        // Databases take more spellings for the same address than there are; it goes to the one that the user gave
        var user = await users.GetAsync<UserAnswer>(UserSpecs.ByEmail(request.Email), cancellationToken);
        return request.Email.Equals(user?.Email, StringComparison.OrdinalIgnoreCase)
            ? await WriteTokenAsync(kind, request.Purpose, user.Id, happened, cancellationToken)
            : WrittenMail.Skipped(null, "unknown_address");
    }

    private async Task<WrittenMail> WriteTokenAsync(
        string kind, MailedTokenPurpose purpose, long userId, OutboxEvent happened, CancellationToken cancellationToken)
    {
        if (purpose == MailedTokenPurpose.Confirm
            && await db.Accounts.AnyAsync(account => account.Id == userId && account.EmailConfirmed, cancellationToken))
        {
            return WrittenMail.Skipped(userId, "confirmed_already");
        }

        return await tokens.IssueAsync(userId, purpose, happened.EventId, cancellationToken) is { } issued
            ? Write(kind, happened, userId, issued.Email, values.OfToken(purpose, issued.Token))
            : WrittenMail.Skipped(userId, "no_address");
    }

    private async Task<WrittenMail> WriteOrderAsync(string kind, OutboxEvent happened, CancellationToken cancellationToken)
    {
        using var told = JsonDocument.Parse(happened.Data);
        var userId = told.RootElement.GetProperty("user_id").GetInt64();
        if (told.RootElement.GetProperty("origin").GetString() != "shop")
        {
            return WrittenMail.Skipped(userId, "sold_elsewhere");
        }

        return await WriteToBuyerAsync(kind, happened, happened.AggregateId, refunded: null, cancellationToken);
    }

    /// <summary>Money goes back only where it was paid here, so that no sale made elsewhere is told of.</summary>
    private async Task<WrittenMail> WriteRefundAsync(string kind, OutboxEvent happened, CancellationToken cancellationToken)
    {
        using var told = JsonDocument.Parse(happened.Data);
        var (order, amount) = (told.RootElement.GetProperty("order_id").GetInt64(), told.RootElement.GetProperty("amount").GetDecimal());
        return await WriteToBuyerAsync(kind, happened, order, amount, cancellationToken);
    }

    private async Task<WrittenMail> WriteToBuyerAsync(
        string kind, OutboxEvent happened, long orderId, decimal? refunded, CancellationToken cancellationToken)
    {
        var order = (await orders.GetAsync<OrderAnswer>(OrderSpecs.OwnedBy(orderId, userId: null), cancellationToken))!;
        return await users.GetAsync<UserAnswer>(UserSpecs.ById(order.UserId), cancellationToken) is { Email: { } email } user
            ? Write(kind, happened, order.UserId, email, values.OfOrder(order, user.FirstName, refunded))
            : WrittenMail.Skipped(order.UserId, "no_address");
    }

    private WrittenMail Write(string kind, OutboxEvent happened, long userId, string email, Dictionary<string, object?> filled)
    {
        var (subject, text, html) = templates.Fill(kind, filled);
        return new WrittenMail(userId, new OutgoingMail($"{happened.EventId:N}.{kind}", email, subject, text, html), Reason: null);
    }
}

/// <summary>A mail, or why there is none.</summary>
/// <param name="UserId">Whom it concerns; null when that is nobody.</param>
/// <param name="Mail">The mail, or null.</param>
/// <param name="Reason">Why there is none, snake_case, or null.</param>
internal sealed record WrittenMail(long? UserId, OutgoingMail? Mail, string? Reason)
{
    /// <summary>No mail.</summary>
    public static WrittenMail Skipped(long? userId, string reason) => new(userId, Mail: null, reason);
}
