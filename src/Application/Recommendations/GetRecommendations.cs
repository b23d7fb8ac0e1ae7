using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Recommendations;

/// <summary>
/// Somebody's feed, best first: never what they bought, what is out of stock or what left the catalog, as of now. Who has no history gets
/// what is popular lately. Where nothing more speaks for any product, popular and new ones fill the feed; favorites, which their owner
/// knows already, come no sooner than these.
/// </summary>
/// <param name="UserId">Whose feed; the caller's unless said, another's for an admin.</param>
/// <param name="Limit">How many products at most, 1 to 100.</param>
[Access(Who.SignedIn)]
public sealed record GetRecommendations(long? UserId, int Limit) : IQuery<Best<ProductAnswer>>;

internal sealed class GetRecommendationsRules : AbstractValidator<GetRecommendations>
{
    public GetRecommendationsRules() => RuleFor(query => query.Limit).InclusiveBetween(1, PageRequest.MaxLimit);
}

internal sealed class GetRecommendationsHandler(
    IRecommender recommender, ProductPicks picks, IRepository<Product> products, IRepository<User> users, ICurrentUser caller)
    : IRequestHandler<GetRecommendations, Result<Best<ProductAnswer>>>
{
    public async Task<Result<Best<ProductAnswer>>> Handle(GetRecommendations query, CancellationToken cancellationToken)
    {
        var userId = query.UserId ?? caller.RequiredId;
        if (!caller.MayActFor(userId))
        {
            return UserErrors.NotFound;
        }

        if (userId != caller.Id && !await users.AnyAsync(UserSpecs.ById(userId), cancellationToken))
        {
            return UserErrors.Unknown;
        }

        var ranking = await recommender.RankAsync(userId, cancellationToken);
        var feed = await picks.InStockAsync(ranking.Products, query.Limit, cancellationToken);
        if (feed.Count < query.Limit)
        {
            long[] except = [.. ranking.Bought, .. feed.Select(product => product.Id)];
            feed.AddRange(await products.ListAsync<ProductAnswer>(ProductSpecs.PopularInStock(except, query.Limit - feed.Count), cancellationToken));
        }

        return new Best<ProductAnswer>(feed);
    }
}
