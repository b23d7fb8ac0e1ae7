using Microsoft.EntityFrameworkCore;
using Shop.Domain.Reports;
using Shop.Infrastructure.Reports;

namespace Shop.Infrastructure.Persistence.Configurations;

internal sealed class ReportConfiguration : EntityConfiguration
{
    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        var report = Aggregate<Report>(model, dialect, "reports");
        report.ToTable(table => table.HasCheckConstraint("ck_reports_progress", "progress >= 0 AND progress <= 100"));
        report.Property(each => each.From).HasColumnName("from_day");
        report.Property(each => each.To).HasColumnName("to_day");
        report.HasIndex(each => new { each.CreatedAt, each.Id });

        var chunk = model.Entity<ReportChunk>();
        chunk.ToTable("report_chunks");
        chunk.HasKey(each => new { each.ReportId, each.No });
        chunk.HasOne<Report>().WithMany().HasForeignKey(each => each.ReportId).OnDelete(DeleteBehavior.Cascade);
    }
}
