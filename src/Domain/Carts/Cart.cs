using Shop.Domain.Common;

namespace Shop.Domain.Carts;

/// <summary>What a person, known or not yet, is about to buy. It ends when it is checked out; the next item begins a new one.</summary>
public sealed class Cart : AggregateRoot
{
    /// <summary>The most lines in one cart or order.</summary>
    public const int MaxLines = 500;

    private readonly List<CartItem> _items = [];

    private Cart()
    {
    }

    /// <summary>Whose it is; null for a guest's.</summary>
    public long? UserId { get; private set; }

    /// <summary>SHA-256 of the token that a guest holds, or null.</summary>
    public byte[]? TokenHash { get; private set; }

    /// <summary>When it became an order, UTC; null while it is open.</summary>
    public DateTimeOffset? CheckedOutAt { get; private set; }

    /// <summary>The lines, one per product.</summary>
    public IReadOnlyList<CartItem> Items => _items;

    /// <summary>A new cart without lines.</summary>
    /// <param name="holder">Whose it is.</param>
    /// <param name="now">The present, UTC.</param>
    public static Cart Open(CartHolder holder, DateTimeOffset now) =>
        new() { UserId = holder.UserId, TokenHash = holder.TokenHash, CreatedAt = now, UpdatedAt = now };

    /// <summary>Puts units in, adding up with those of the same product.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="quantity">A valid quantity.</param>
    /// <param name="price">Today's price, to notice a change later.</param>
    /// <param name="now">The present, UTC.</param>
    /// <returns>The line.</returns>
    public Result<CartItem> Add(long productId, int quantity, Money price, DateTimeOffset now)
    {
        var item = _items.Find(each => each.ProductId == productId);
        if (item is null && _items.Count == MaxLines)
        {
            return CartErrors.TooManyLines;
        }

        if ((item?.Quantity ?? 0) > Quantity.Max - quantity)
        {
            return CartErrors.TooManyUnits;
        }

        if (item is null)
        {
            _items.Add(item = new CartItem(productId));
        }

        item.Set(item.Quantity + quantity, price);
        UpdatedAt = now;
        return item;
    }

    /// <summary>Changes a line's quantity.</summary>
    /// <param name="itemId">The line.</param>
    /// <param name="quantity">A valid quantity.</param>
    /// <param name="now">The present, UTC.</param>
    /// <returns>The line.</returns>
    public Result<CartItem> ChangeQuantity(long itemId, int quantity, DateTimeOffset now)
    {
        if (_items.Find(each => each.Id == itemId) is not { } item)
        {
            return CartErrors.ItemNotFound;
        }

        item.Set(quantity, item.AddedPrice);
        UpdatedAt = now;
        return item;
    }

    /// <summary>Takes a line out.</summary>
    /// <param name="itemId">The line.</param>
    /// <param name="now">The present, UTC.</param>
    public Result Remove(long itemId, DateTimeOffset now)
    {
        if (_items.RemoveAll(each => each.Id == itemId) == 0)
        {
            return CartErrors.ItemNotFound;
        }

        UpdatedAt = now;
        return Result.Ok;
    }

    /// <summary>Takes all lines out.</summary>
    /// <param name="now">The present, UTC.</param>
    public void Clear(DateTimeOffset now)
    {
        _items.Clear();
        UpdatedAt = now;
    }

    /// <summary>Takes over a guest's lines; what can't fit any more is left out.</summary>
    /// <param name="guest">The guest's cart, which is removed afterwards.</param>
    /// <param name="now">The present, UTC.</param>
    public void Merge(Cart guest, DateTimeOffset now)
    {
        foreach (var item in guest.Items)
        {
            var room = Quantity.Max - (_items.Find(each => each.ProductId == item.ProductId)?.Quantity ?? 0);
            if (room > 0)
            {
                _ = Add(item.ProductId, Math.Min(item.Quantity, room), item.AddedPrice, now);
            }
        }
    }

    /// <summary>Ends the cart, since it has become an order.</summary>
    /// <param name="now">The present, UTC.</param>
    public void CheckOut(DateTimeOffset now)
    {
        _items.Clear();
        (CheckedOutAt, UpdatedAt) = (now, now);
    }
}
