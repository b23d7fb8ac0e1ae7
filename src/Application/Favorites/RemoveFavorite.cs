using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Favorites;

namespace Shop.Application.Favorites;

/// <summary>Likes a product no longer.</summary>
/// <param name="ProductId">The product.</param>
[Access(Who.SignedIn)]
public sealed record RemoveFavorite(long ProductId) : ICommand;

internal sealed class RemoveFavoriteHandler(IRepository<Favorite> favorites, ICurrentUser caller) : IRequestHandler<RemoveFavorite, Result>
{
    public async Task<Result> Handle(RemoveFavorite command, CancellationToken cancellationToken)
    {
        var which = FavoriteSpecs.Of(caller.RequiredId, command.ProductId);
        if (await favorites.FindForUpdateAsync(which, cancellationToken) is not { } favorite)
        {
            return FavoriteErrors.NotFound;
        }

        favorites.Remove(favorite);
        return Result.Ok;
    }
}
