using Microsoft.EntityFrameworkCore;
using Shop.Infrastructure.Recommendations;

namespace Shop.Infrastructure.Persistence.Configurations;

internal sealed class RecommenderConfiguration : EntityConfiguration
{
    public override void Configure(ModelBuilder model, Dialect dialect) => model.Entity<StoredModel>().ToTable("recommender_models");
}
