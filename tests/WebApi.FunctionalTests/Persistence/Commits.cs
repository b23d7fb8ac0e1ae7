using Microsoft.EntityFrameworkCore.Diagnostics;
using Shop.Domain.Common;

namespace Shop.WebApi.FunctionalTests.Persistence;

/// <summary>Tells the commit that a test is about from those that the shop's own jobs make beside it.</summary>
internal static class Commits
{
    extension(TransactionEventData commit)
    {
        /// <summary>Whether the unit of work had one of these in its hands.</summary>
        public bool IsOf<T>()
            where T : AggregateRoot => commit.Context!.ChangeTracker.Entries<T>().Any();
    }
}
