using FsCheck;
using FsCheck.Fluent;
using Shop.Domain.Orders;
using Result = Shop.Domain.Common.Result;

namespace Shop.Domain.UnitTests.Orders;

/// <summary>Whatever is asked of an order in whatever sequence, it follows the machine and its numbers agree.</summary>
public sealed class OrderMachineTests
{
    private static readonly Dictionary<OrderStatus, OrderStatus[]> Arrows = new()
    {
        [OrderStatus.Active] = [OrderStatus.Placed, OrderStatus.Cancelled],
        [OrderStatus.Placed] = [OrderStatus.Paid, OrderStatus.Cancelled],
        [OrderStatus.Paid] = [OrderStatus.Shipped, OrderStatus.Cancelled, OrderStatus.Refunded],
        [OrderStatus.Shipped] = [OrderStatus.Delivered, OrderStatus.Refunded],
        [OrderStatus.Delivered] = [OrderStatus.Refunded],
        [OrderStatus.Cancelled] = [],
        [OrderStatus.Refunded] = [],
    };

    private static readonly Gen<Step> Steps = Gen.OneOf(
        Gen.Elements(Enum.GetValues<OrderStatus>()).Select(to => new Step($"to {to}", to, order => Move(order, to))),
        Gen.Elements(An.Lamp, An.Desk).SelectMany(product => Gen.Choose(1, 5).Select(units =>
            new Step($"add {units} of {product}", null, order => order.AddItem(product, units, An.Hour)))),
        Gen.Elements(An.Lamp, An.Desk).Select(product => new Step($"remove {product}", null, order => order.RemoveItem(product, An.Hour))),
        Gen.Constant(new Step("move", null, order => order.ChangeAddress(An.Address, An.Hour))));

    [Test]
    public void Every_sequence_of_steps_follows_the_machine() =>
        Prop.ForAll(Steps.ListOf().ToArbitrary(), steps =>
        {
            var order = Order.Open(userId: 7, An.Hour);
            foreach (var step in steps)
            {
                var (from, empty) = (order.Status, order.Items.Count == 0);
                var outcome = step.Take(order);
                Check(order, step, from, empty, outcome);
            }
        }).QuickCheckThrowOnFailure();

    private static void Check(Order order, Step step, OrderStatus from, bool empty, Result outcome)
    {
        if (step.To is { } to)
        {
            var allowed = Arrows[from].Contains(to) && !(to == OrderStatus.Placed && empty);
            outcome.IsFailure.ShouldBe(!allowed, step.Name);
            order.Status.ShouldBe(allowed ? to : from, step.Name);
        }
        else
        {
            order.Status.ShouldBe(from, step.Name);
        }

        var wasPlaced = order.PlacedAt is not null;
        order.Subtotal.Amount.ShouldBe(wasPlaced ? order.Items.Sum(item => item.LineTotal!.Value.Amount) : 0m);
        order.Total.Amount.ShouldBe(order.Subtotal.Amount);
        order.Items.ShouldAllBe(item => item.StockHeld == (wasPlaced && order.Status != OrderStatus.Cancelled ? item.Quantity : 0));
        (order.CancelReason is not null).ShouldBe(order.Status == OrderStatus.Cancelled);
        (order.PaidAt is not null).ShouldBe(order.Status.IsPurchase() || order.Status == OrderStatus.Refunded || order is { Status: OrderStatus.Cancelled, PaidAt: not null });
    }

    private static Result Move(Order order, OrderStatus to) => to switch
    {
        OrderStatus.Placed => order.Place(An.Products, An.Hour),
        OrderStatus.Cancelled => order.Cancel(CancelReasons.Customer, An.Hour) is { IsFailure: true } refused ? refused.Error : Result.Ok,
        _ => order.Advance(to, An.Hour),
    };

    /// <summary>Something that is asked of an order.</summary>
    /// <param name="Name">For messages.</param>
    /// <param name="To">The status that it asks for, or null.</param>
    /// <param name="Take">Asks for it.</param>
    private sealed record Step(string Name, OrderStatus? To, Func<Order, Result> Take)
    {
        public override string ToString() => Name;
    }
}
