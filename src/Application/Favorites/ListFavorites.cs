using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;
using Shop.Domain.Favorites;

namespace Shop.Application.Favorites;

/// <summary>What the caller likes and the catalog still has, newest first.</summary>
/// <param name="Page">Which page.</param>
[Access(Who.SignedIn)]
public sealed record ListFavorites(PageRequest Page) : IPagedQuery<FavoriteAnswer>;

internal sealed class ListFavoritesHandler(IRepository<Favorite> favorites, ICurrentUser caller)
    : IRequestHandler<ListFavorites, Result<Page<FavoriteAnswer>>>
{
    public Task<Result<Page<FavoriteAnswer>>> Handle(ListFavorites query, CancellationToken cancellationToken) =>
        favorites.GetPageAsync<FavoriteAnswer>(FavoriteSpecs.Of(caller.RequiredId), query.Page, cancellationToken);
}
