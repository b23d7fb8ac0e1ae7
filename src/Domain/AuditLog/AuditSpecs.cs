using Shop.Domain.Common;

namespace Shop.Domain.AuditLog;

/// <summary>The queries over the audit log.</summary>
public static class AuditSpecs
{
    /// <summary>Entries, newest first.</summary>
    /// <param name="filter">Which.</param>
    public static Specification<AuditEntry> List(AuditFilter filter) =>
        new(query => query
            .Where(filter.UserId is not null, entry => entry.UserId == filter.UserId)
            .Where(filter.SubjectType is not null, entry => entry.SubjectType == filter.SubjectType)
            .Where(filter.SubjectId is not null, entry => entry.SubjectId == filter.SubjectId)
            .Where(filter.From is not null, entry => entry.At >= filter.From)
            .Where(filter.To is not null, entry => entry.At < filter.To)
            .OrderByDescending(entry => entry.At)
            .OrderByDescending(entry => entry.Id));
}

/// <summary>Which entries of the audit log; what is null does not matter.</summary>
/// <param name="UserId">Of whom.</param>
/// <param name="SubjectType">About what kind.</param>
/// <param name="SubjectId">About which.</param>
/// <param name="From">From when on, UTC.</param>
/// <param name="To">Before when, UTC.</param>
public sealed record AuditFilter(long? UserId, string? SubjectType, long? SubjectId, DateTimeOffset? From, DateTimeOffset? To);
