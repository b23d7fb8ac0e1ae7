using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Favorites;

namespace Shop.Application.Favorites;

/// <summary>One of the caller's favorites.</summary>
/// <param name="ProductId">What is liked.</param>
[Access(Who.SignedIn)]
public sealed record GetFavorite(long ProductId) : IQuery<FavoriteAnswer>;

internal sealed class GetFavoriteHandler(IRepository<Favorite> favorites, ICurrentUser caller)
    : IRequestHandler<GetFavorite, Result<FavoriteAnswer>>
{
    public async Task<Result<FavoriteAnswer>> Handle(GetFavorite query, CancellationToken cancellationToken) =>
        await favorites.GetAsync<FavoriteAnswer>(FavoriteSpecs.InCatalog(caller.RequiredId, query.ProductId), cancellationToken) is { } favorite
            ? favorite
            : FavoriteErrors.NotFound;
}
