using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>Takes a product out of the catalog; orders keep what was bought.</summary>
/// <param name="Id">Which product.</param>
/// <param name="Expected">The version that the caller has seen.</param>
[Access(Who.SignedIn)]
public sealed record DeleteProduct(long Id, ExpectedVersion? Expected) : ICommand;

internal sealed class DeleteProductHandler(IRepository<Product> products, ICurrentUser caller, TimeProvider clock)
    : IRequestHandler<DeleteProduct, Result>
{
    public async Task<Result> Handle(DeleteProduct command, CancellationToken cancellationToken)
    {
        var found = await products.FindToEditAsync(command.Id, caller, command.Expected, setsStock: false, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        found.Value.Withdraw(clock.GetUtcNow());
        return Result.Ok;
    }
}
