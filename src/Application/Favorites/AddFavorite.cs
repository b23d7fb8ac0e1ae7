using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Favorites;

namespace Shop.Application.Favorites;

/// <summary>Likes a product; one that is liked already stays liked.</summary>
/// <param name="ProductId">The product; required.</param>
[Access(Who.SignedIn)]
public sealed record AddFavorite(long? ProductId) : ICommand<AddedFavorite>;

/// <summary>A favorite that is there now.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="IsNew">Whether it was not there before.</param>
public sealed record AddedFavorite(long ProductId, bool IsNew);

internal sealed class AddFavoriteRules : AbstractValidator<AddFavorite>
{
    public AddFavoriteRules() => RuleFor(command => command.ProductId).NotNull().WithMessage("Say which product.");
}

internal sealed class AddFavoriteHandler(
    IRepository<Favorite> favorites, IRepository<Product> products, ILocks locks, ICurrentUser caller, TimeProvider clock)
    : IRequestHandler<AddFavorite, Result<AddedFavorite>>
{
    public async Task<Result<AddedFavorite>> Handle(AddFavorite command, CancellationToken cancellationToken)
    {
        var productId = command.ProductId!.Value;
        if (!await products.AnyAsync(ProductSpecs.ById(productId), cancellationToken))
        {
            return ProductErrors.Unknown;
        }

        await locks.TakeAsync(LockNames.FavoritesOf(caller.RequiredId), cancellationToken);
        if (await favorites.AnyAsync(FavoriteSpecs.Of(caller.RequiredId, productId), cancellationToken))
        {
            return new AddedFavorite(productId, IsNew: false);
        }

        await favorites.AddAsync(Favorite.Of(caller.RequiredId, productId, clock.GetUtcNow()), cancellationToken);
        return new AddedFavorite(productId, IsNew: true);
    }
}
