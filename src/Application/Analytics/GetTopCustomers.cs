using System.Diagnostics.CodeAnalysis;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Application.Users;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Analytics;

/// <summary>Who brought the highest revenue, most first, of those who were not erased. What went back counts against the day of that.</summary>
[Access(Who.Admin)]
public sealed record GetTopCustomers : IQuery<Best<TopCustomerAnswer>>
{
    /// <summary>The first day, such as 2026-10-01, or a time on it; from the beginning unless said.</summary>
    public string? From { get; init; }

    /// <summary>The last day, included, or the time that ends the range; to the end unless said.</summary>
    public string? To { get; init; }

    /// <summary>How many at most, 1 to 100; 20 unless said.</summary>
    public int? Limit { get; init; }
}

/// <summary>A user and what they brought.</summary>
public sealed record TopCustomerAnswer : UserAnswer
{
    [SetsRequiredMembers]
    internal TopCustomerAnswer(UserAnswer user, CustomerRevenue brought)
        : base(user) => (Revenue, Orders) = (brought.Revenue, brought.Orders);

    /// <summary>What they paid for goods in the range after discount, less what went back, in the shop's currency.</summary>
    public decimal Revenue { get; }

    /// <summary>How many orders they paid in the range, less those that went back.</summary>
    public int Orders { get; }
}

internal sealed class GetTopCustomersRules : AbstractValidator<GetTopCustomers>
{
    public GetTopCustomersRules(IShopCalendar calendar)
    {
        RuleFor(query => query.From).Day();
        RuleFor(query => query.To).Day().NotBefore(query => query.From, calendar);
        RuleFor(query => query.Limit).InclusiveBetween(1, PageRequest.MaxLimit);
    }
}

internal sealed class GetTopCustomersHandler(ISalesStatistics statistics, IRepository<User> users, IShopCalendar calendar)
    : IRequestHandler<GetTopCustomers, Result<Best<TopCustomerAnswer>>>
{
    /// <returns>One less where somebody is erased between the two queries.</returns>
    public async Task<Result<Best<TopCustomerAnswer>>> Handle(GetTopCustomers query, CancellationToken cancellationToken)
    {
        var range = DayText.Range(query.From, query.To, calendar);
        var best = await statistics.TopCustomersAsync(range, query.Limit ?? PageRequest.DefaultLimit, cancellationToken);
        var known = (await users.ListAsync<UserAnswer>(UserSpecs.ByIds([.. best.Select(each => each.UserId)]), cancellationToken))
            .ToDictionary(user => user.Id);
        return new Best<TopCustomerAnswer>(
            [.. best.Where(each => known.ContainsKey(each.UserId)).Select(each => new TopCustomerAnswer(known[each.UserId], each))]);
    }
}
