using Microsoft.EntityFrameworkCore.Diagnostics;
using Shop.Domain.Orders;

namespace Shop.WebApi.FunctionalTests.Persistence;

/// <summary>Tells the commit that a test is about from those that the shop's own jobs make beside it.</summary>
internal static class Commits
{
    extension(TransactionEventData commit)
    {
        /// <summary>Whether the unit of work had an order in its hands.</summary>
        public bool IsOfAnOrder => commit.Context!.ChangeTracker.Entries<Order>().Any();
    }
}
