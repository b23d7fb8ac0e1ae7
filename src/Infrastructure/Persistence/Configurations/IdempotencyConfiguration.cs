using Microsoft.EntityFrameworkCore;
using Shop.Domain.Users;

namespace Shop.Infrastructure.Persistence.Configurations;

internal sealed class IdempotencyConfiguration : EntityConfiguration
{
    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        var key = model.Entity<IdempotencyKey>();
        key.ToTable("idempotency_keys");
        key.HasKey(each => new { each.UserId, each.KeyHash });
        key.Property(each => each.KeyHash).HasMaxLength(32);
        key.Property(each => each.RequestHash).HasMaxLength(32);
        key.Property(each => each.ContentType).HasMaxLength(200);
        key.Property(each => each.Location).HasMaxLength(2_000);
        key.Property(each => each.Claim).HasMaxLength(32);
        key.Property(each => each.ETag).HasMaxLength(200);
        key.HasOne<User>().WithMany().HasForeignKey(each => each.UserId).OnDelete(DeleteBehavior.Cascade);
        key.HasIndex(each => each.ExpiresAt);
    }
}
