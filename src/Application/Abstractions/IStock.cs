using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Application.Abstractions;

/// <summary>
/// Moves stock by conditional statements that the database decides, rows always in id order, every movement written down.
/// Works inside the unit of work.
/// </summary>
public interface IStock
{
    /// <summary>Takes all lines or none; equal products are summed first.</summary>
    /// <param name="lines">What is taken.</param>
    /// <param name="reason">Why.</param>
    /// <param name="orderId">For which order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Every product as it is now, locked; or what is short or left the catalog.</returns>
    Task<Result<IReadOnlyDictionary<long, ProductSnapshot>>> TakeAsync(
        IReadOnlyCollection<StockLine> lines, StockReason reason, long orderId, CancellationToken cancellationToken);

    /// <summary>What there is too little of at the moment. Locks nothing, so it is a hint: only taking decides.</summary>
    /// <param name="lines">What would be taken.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Products with the units that are missing, 1 or more; those that left the catalog are not among them.</returns>
    Task<IReadOnlyList<StockLine>> FindMissingAsync(IReadOnlyCollection<StockLine> lines, CancellationToken cancellationToken);

    /// <summary>Locks the stock of products, in id order, before it is moved in any other.</summary>
    /// <param name="productIds">The products.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task LockAsync(IEnumerable<long> productIds, CancellationToken cancellationToken);

    /// <summary>Takes as many units as there are, up to a quantity: for sales made elsewhere, which have happened whatever the stock says.</summary>
    /// <param name="line">What is taken at most.</param>
    /// <param name="reason">Why.</param>
    /// <param name="orderId">For which order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Units taken, 0 to the line's quantity.</returns>
    Task<int> TakeUpToAsync(StockLine line, StockReason reason, long orderId, CancellationToken cancellationToken);

    /// <summary>Gives units back.</summary>
    /// <param name="lines">What is given back.</param>
    /// <param name="reason">Why.</param>
    /// <param name="orderId">From which order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task GiveBackAsync(IReadOnlyCollection<StockLine> lines, StockReason reason, long orderId, CancellationToken cancellationToken);

    /// <summary>Writes down a movement that went through the product itself: listed or recounted.</summary>
    /// <param name="productId">Whose stock moved.</param>
    /// <param name="delta">Units; 0 is not written.</param>
    /// <param name="reason">Why.</param>
    void Note(long productId, int delta, StockReason reason);

    /// <summary>Counts units sold, or takes them back with negative quantities, for the most popular first.</summary>
    /// <param name="lines">Products and units.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task CountSoldAsync(IReadOnlyCollection<StockLine> lines, CancellationToken cancellationToken);
}
