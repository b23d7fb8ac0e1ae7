using System.Diagnostics.CodeAnalysis;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Users;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Users;

namespace Shop.Application.Analytics;

/// <summary>Who has brought the highest revenue.</summary>
[Access(Who.Admin)]
public sealed record GetMostValuableCustomer : IQuery<MostValuableCustomerAnswer>;

/// <summary>The user with the highest revenue.</summary>
public sealed record MostValuableCustomerAnswer : UserAnswer
{
    [SetsRequiredMembers]
    internal MostValuableCustomerAnswer(UserAnswer user, CustomerRevenue brought)
        : base(user) => (Revenue, Orders) = (brought.Revenue, brought.Orders);

    /// <summary>Sum of their purchases after discount, less what was refunded, in the shop's currency.</summary>
    public decimal Revenue { get; }

    /// <summary>How many orders they paid.</summary>
    public int Orders { get; }
}

internal sealed class GetMostValuableCustomerHandler(ISalesStatistics statistics, IRepository<User> users)
    : IRequestHandler<GetMostValuableCustomer, Result<MostValuableCustomerAnswer>>
{
    public async Task<Result<MostValuableCustomerAnswer>> Handle(GetMostValuableCustomer query, CancellationToken cancellationToken)
    {
        // Whoever is erased between the two queries leaves the first place to the next
        while (await statistics.MostValuableCustomerAsync(cancellationToken) is { } best)
        {
            if (await users.GetAsync<UserAnswer>(UserSpecs.ById(best.UserId), cancellationToken) is { } user)
            {
                return new MostValuableCustomerAnswer(user, best);
            }
        }

        return OrderErrors.NoPurchases;
    }
}
