using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Mapping;
using Shop.Application.Common.Paging;
using Shop.Domain.AuditLog;
using Shop.Domain.Common;

namespace Shop.Application.AuditLog;

/// <summary>Who changed what, from where, before and after: all that admins do, and every change of money, roles and prices, newest first.</summary>
[Access(Who.Admin)]
public sealed record ListAuditLog : IPagedQuery<AuditEntryAnswer>
{
    /// <inheritdoc />
    public required PageRequest Page { get; init; }

    /// <summary>Of whom; of all unless said.</summary>
    public long? UserId { get; init; }

    /// <summary>About what kind, such as <c>product</c>; about all unless said.</summary>
    public string? SubjectType { get; init; }

    /// <summary>About which.</summary>
    public long? SubjectId { get; init; }

    /// <summary>From when on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before when, after <see cref="From"/>.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>One entry of the audit log.</summary>
public sealed record AuditEntryAnswer
{
    /// <summary>The entry's id.</summary>
    public required long Id { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it; null for the shop itself.</summary>
    public required long? UserId { get; init; }

    /// <summary>The network address that it came from, of IPv6 the first half; null where there was none.</summary>
    public required string? Address { get; init; }

    /// <summary>The use case, such as <c>update_product</c>; <c>system</c> for what the shop does by itself.</summary>
    public required string Action { get; init; }

    /// <summary>What was changed, such as <c>product</c>.</summary>
    public required string SubjectType { get; init; }

    /// <summary>Which of them; null where it is not one.</summary>
    public required long? SubjectId { get; init; }

    /// <summary>For each field that changed what was before and what is now, as an array of two; null instead for what is personal or secret.</summary>
    public JsonElement Changes => JsonSerializer.Deserialize<JsonElement>(StoredChanges);

    /// <summary>The changes as they are stored.</summary>
    [JsonIgnore]
    public string StoredChanges { get; init; } = "{}";

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<AuditEntry, AuditEntryAnswer>().ConvertUsing(entry => new AuditEntryAnswer
        {
            Id = entry.Id,
            At = entry.At,
            UserId = entry.UserId,
            Address = entry.Address,
            Action = entry.Action,
            SubjectType = entry.SubjectType,
            SubjectId = entry.SubjectId,
            StoredChanges = entry.Changes,
        });
    }
}

internal sealed class ListAuditLogRules : AbstractValidator<ListAuditLog>
{
    public ListAuditLogRules()
    {
        RuleFor(query => query.SubjectType).Text(AuditEntry.MaxSubjectTypeLength);
        RuleFor(query => query.To).GreaterThan(query => query.From).When(query => query.From is not null).WithMessage("Give a time after from.");
    }
}

internal sealed class ListAuditLogHandler(IRepository<AuditEntry> entries) : IRequestHandler<ListAuditLog, Result<Page<AuditEntryAnswer>>>
{
    public Task<Result<Page<AuditEntryAnswer>>> Handle(ListAuditLog query, CancellationToken cancellationToken) =>
        entries.GetPageAsync<AuditEntryAnswer>(
            AuditSpecs.List(new AuditFilter(
                query.UserId, query.SubjectType, query.SubjectId, query.From?.ToUniversalTime(), query.To?.ToUniversalTime())),
            query.Page,
            cancellationToken);
}
