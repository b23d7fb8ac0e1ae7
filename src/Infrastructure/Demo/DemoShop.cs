using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Favorites;
using Shop.Domain.Orders;
using Shop.Domain.Payments;
using Shop.Domain.Reviews;
using Shop.Domain.Users;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Demo;

/// <summary>
/// Fills an empty shop, so that the first page a newcomer sees is not empty: the same goods, customers, orders and reviews every time.
/// Nobody can sign in as a demo customer.
/// </summary>
internal sealed class DemoShop(ShopDbContext db, IUnitOfWork unitOfWork, ILocks locks, IStock stock, IRatings ratings)
{
    private const int Customers = 40;
    private const int Orders = 120;

    private static readonly DateTimeOffset Opening = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly Random _chance = new(20260105);

    /// <summary>Fills the shop if it has no product yet.</summary>
    /// <returns>Whether it was filled.</returns>
    public async Task<bool> FillAsync(CancellationToken cancellationToken) =>
        (await unitOfWork.ExecuteAsync(() => FillInTransactionAsync(cancellationToken), cancellationToken)).Value;

    private async Task<Result<bool>> FillInTransactionAsync(CancellationToken cancellationToken)
    {
        await locks.TakeAsync("demo", cancellationToken);
        if (await db.Products.AnyAsync(cancellationToken))
        {
            return false;
        }

        var products = await ListProductsAsync(cancellationToken);
        var customers = await RegisterCustomersAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        for (var day = 0; day < Orders; day++)
        {
            db.ChangeTracker.Clear(); // what is saved would be looked through for changes again at every save
            await OrderAsync(Pick(customers), products, Opening.AddDays(10 + day), cancellationToken);
        }

        return true;
    }

    private async Task<List<Product>> ListProductsAsync(CancellationToken cancellationToken)
    {
        var products = new List<Product>();
        foreach (var shelf in DemoCatalog.Categories)
        {
            var category = Category.Create(shelf.Name, parentId: null, Opening);
            await db.AddAsync(category, cancellationToken);
            foreach (var (thing, make) in shelf.Things.SelectMany(thing => DemoCatalog.Makes, (thing, make) => (thing, make)))
            {
                products.Add(await ListAsync(shelf, category, thing, make, Opening.AddMinutes(products.Count), cancellationToken));
            }
        }

        return products;
    }

    private async Task<Product> ListAsync(
        DemoCategory shelf, Category category, string thing, DemoMake make, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var price = Money.From(_chance.Next(shelf.CheapestPrice, shelf.DearestPrice) + 0.90m);
        var details = new ProductDetails($"{make.Name} {thing}", $"{thing} in {make.Material}.", price, category.Id, ImageUrl: null);
        var product = Product.List($"{shelf.Name[..3]}-{thing.Replace(" ", "", StringComparison.Ordinal)}-{make.Name}".ToUpperInvariant(), details, _chance.Next(20, 200), sellerId: null, now);
        await db.AddAsync(product, cancellationToken);
        stock.Note(product.Id, product.Stock, StockReason.Listed);
        return product;
    }

    private async Task<List<User>> RegisterCustomersAsync(CancellationToken cancellationToken)
    {
        var customers = new List<User>();
        for (var i = 0; i < Customers; i++)
        {
            var (first, last) = (DemoCatalog.FirstNames[i % DemoCatalog.FirstNames.Count], DemoCatalog.LastNames[i % DemoCatalog.LastNames.Count]);
            var username = $"{first}.{last}.{i + 1}".ToLowerInvariant();
            var user = User.Register(username, new UserProfile(Email: null, first, last, Gender: null), Opening.AddHours(i));
            await db.AddAsync(user, cancellationToken);
            customers.Add(user);
        }

        return customers;
    }

    private async Task OrderAsync(User customer, List<Product> products, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var bought = Enumerable.Range(0, _chance.Next(1, 4)).Select(_ => Pick(products)).Distinct().ToList();
        var order = Order.Open(customer.Id, now);
        await db.AddAsync(order, cancellationToken);
        foreach (var product in bought)
        {
            Succeed(order.AddItem(product.Id, _chance.Next(1, 4), now));
        }

        List<StockLine> lines = [.. order.Items.Select(item => new StockLine(item.ProductId, item.Quantity))];
        var taken = await stock.TakeAsync(lines, StockReason.Placed, order.Id, cancellationToken);
        Succeed(order.Place(taken.Value, now));
        foreach (var status in (OrderStatus[])[OrderStatus.Paid, OrderStatus.Shipped, OrderStatus.Delivered])
        {
            Succeed(order.Advance(status, now));
        }

        await db.AddAsync(Payment.Received(order.Id, order.Total, PaymentProviders.Manual, Guid.NewGuid().ToString("N"), now), cancellationToken);
        await stock.CountSoldAsync(lines, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await ReviewAsync(customer, Pick(bought), now.AddDays(3), cancellationToken);
    }

    private async Task ReviewAsync(User customer, Product product, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await db.Reviews.AnyAsync(review => review.UserId == customer.Id && review.ProductId == product.Id, cancellationToken))
        {
            var opinion = Pick(DemoCatalog.Opinions);
            await db.AddAsync(Review.Write(product.Id, customer.Id, opinion.Rating, opinion.Comment, now), cancellationToken);
            await db.AddAsync(Favorite.Of(customer.Id, product.Id, now), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await ratings.AddAsync(product.Id, reviews: 1, opinion.Rating, cancellationToken);
        }
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_chance.Next(from.Count)];

    private static void Succeed(Result result)
    {
        if (result.IsFailure)
        {
            throw new InvalidOperationException($"The demo shop breaks a rule: {result.Error.Code}");
        }
    }
}
