using Microsoft.EntityFrameworkCore;
using Shop.Domain.AuditLog;

namespace Shop.Infrastructure.Persistence.Configurations;

internal sealed class AuditLogConfiguration : EntityConfiguration
{
    public const string Table = "audit_log";

    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        var entry = model.Entity<AuditEntry>();
        entry.ToTable(Table, table => table.HasTrigger(Dialect.TriggerOf(Table)));
        entry.Property(each => each.Address).HasMaxLength(AuditEntry.MaxAddressLength);
        entry.Property(each => each.Action).HasMaxLength(AuditEntry.MaxActionLength);
        entry.Property(each => each.SubjectType).HasMaxLength(AuditEntry.MaxSubjectTypeLength);
        entry.HasIndex(each => new { each.At, each.Id });
        entry.HasIndex(each => new { each.UserId, each.At, each.Id });
        entry.HasIndex(each => new { each.SubjectType, each.SubjectId, each.At, each.Id });
    }
}
