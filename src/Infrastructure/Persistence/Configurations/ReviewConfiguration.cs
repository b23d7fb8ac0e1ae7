using Microsoft.EntityFrameworkCore;
using Shop.Domain.Favorites;
using Shop.Domain.Reviews;
using Shop.Domain.Users;

namespace Shop.Infrastructure.Persistence.Configurations;

internal sealed class ReviewConfiguration : EntityConfiguration
{
    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        var review = Aggregate<Review>(model, dialect, "reviews");
        review.ToTable(table => table.HasCheckConstraint("ck_reviews_rating", $"rating >= {Review.MinRating} AND rating <= {Review.MaxRating}"));
        review.Property(each => each.Comment).HasMaxLength(Review.MaxCommentLength);
        review.HasOne(each => each.Product).WithMany().HasForeignKey(each => each.ProductId).OnDelete(DeleteBehavior.Restrict);
        review.HasOne(each => each.User).WithMany().HasForeignKey(each => each.UserId).OnDelete(DeleteBehavior.Restrict);
        review.HasIndex(each => new { each.UserId, each.ProductId }).IsUnique().HasDatabaseName(ConstraintErrors.Review);
        review.HasIndex(each => new { each.ProductId, each.CreatedAt, each.Id });

        var favorite = Aggregate<Favorite>(model, dialect, "favorites");
        favorite.HasOne<User>().WithMany().HasForeignKey(each => each.UserId).OnDelete(DeleteBehavior.Cascade);
        favorite.HasOne(each => each.Product).WithMany().HasForeignKey(each => each.ProductId).OnDelete(DeleteBehavior.Restrict);
        favorite.HasIndex(each => new { each.UserId, each.ProductId }).IsUnique().HasDatabaseName("ux_favorites_user_id_product_id");
        favorite.HasIndex(each => new { each.UserId, each.CreatedAt, each.Id });
        favorite.HasIndex(each => each.ProductId);
    }
}
