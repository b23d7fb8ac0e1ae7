using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.AuditLog;
using Shop.Domain.Carts;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Coupons;
using Shop.Domain.Payments;
using Shop.Domain.Users;
using Shop.Domain.Webhooks;
using Shop.Infrastructure.Outbox;

namespace Shop.Infrastructure.Persistence;

/// <summary>
/// Writes the audit log. The unit of work asks it before it saves, so no use case can forget it: what an admin changes, and every change
/// of money, roles and prices whoever makes it. Orders of customers have a history of their own.
/// </summary>
internal sealed class AuditTrail(ShopDbContext db, ICurrentUser caller, UseCase useCase, TimeProvider clock)
{
    private bool _hasEntries;

    /// <summary>A transaction begins, perhaps once more.</summary>
    public void Begin() => _hasEntries = false;

    /// <summary>Adds entries for all that is about to be saved.</summary>
    /// <param name="isLast">Whether the transaction is about to commit: an admin's command that changed no aggregate leaves an entry too.</param>
    public void Write(bool isLast)
    {
        foreach (var entry in db.ChangeTracker.Entries<AggregateRoot>().Where(IsAudited).ToList())
        {
            if (AuditChanges.Of(entry, RolesOf(entry)) is { Count: > 0 } changes)
            {
                Note(EventPayload.AggregateType(entry.Metadata.ClrType), entry.Entity.Id, changes);
            }
        }

        if (isLast && !_hasEntries && useCase.IsAdminsOwn && caller.IsAdmin)
        {
            Note(SnakeCaseOf(useCase.Area), useCase.SubjectId, []);
        }
    }

    /// <summary>Adds an entry for what is changed by statements of its own.</summary>
    public void Note(string subjectType, long? subjectId, JsonObject changes)
    {
        var actor = new AuditActor(caller.Id, caller.Address, useCase.Name is { } name ? SnakeCaseOf(name) : AuditEntry.System);
        db.Append(AuditEntry.Of(actor, subjectType, subjectId, changes.ToJsonString(), clock.GetUtcNow()));
        _hasEntries = true;
    }

    private bool IsAudited(EntityEntry<AggregateRoot> entry) =>
        entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && entry.Entity switch
        {
            Coupon or WebhookSubscription or Payment or Refund => true,
            Product product => caller.IsAdmin || entry.State == EntityState.Added || HasNewPrice(entry, product),
            User => caller.IsAdmin || RolesOf(entry) is not null,
            Cart => false,
            _ => caller.IsAdmin,
        };

    private static bool HasNewPrice(EntityEntry entry, Product product) =>
        entry.Property(nameof(Product.Price)).OriginalValue is Money before && before != product.Price;

    /// <summary>A user's roles before and now, where they differ.</summary>
    private JsonArray? RolesOf(EntityEntry<AggregateRoot> entry)
    {
        if (entry.Entity is not User user)
        {
            return null;
        }

        var roles = db.ChangeTracker.Entries<UserRole>().Where(role => Equals(role.Property("UserId").OriginalValue, user.Id)).ToList();
        var before = Names(roles, EntityState.Unchanged, EntityState.Deleted);
        var now = Names(roles, EntityState.Unchanged, EntityState.Added);
        return before.SequenceEqual(now) ? null : [AuditChanges.Json(before), AuditChanges.Json(now)];
    }

    private static List<string> Names(IEnumerable<EntityEntry<UserRole>> roles, params EntityState[] states) =>
        [.. roles.Where(role => states.Contains(role.State)).Select(role => role.Entity.Role).Order(StringComparer.Ordinal)];

    private static string SnakeCaseOf(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
