using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;

namespace Shop.Application.Analytics;

/// <summary>
/// Revenue by day, week or month of the shop's time zone: what was paid for goods after discount, less what was given back on those days.
/// A purchase counts at once. Every period of the range is there, also one in which nothing was sold.
/// </summary>
[Access(Who.Admin)]
public sealed record GetRevenue : IQuery<Series<RevenueAnswer>>
{
    /// <summary>The most periods in one answer.</summary>
    public const int MaxPeriods = 10_000;

    /// <summary>The first day, such as 2026-10-01, or a time on it; the first day with a sale unless said.</summary>
    public string? From { get; init; }

    /// <summary>The last day, included, or the time that ends the range; today unless said.</summary>
    public string? To { get; init; }

    /// <summary><c>day</c> unless said, <c>week</c> (from Monday), or <c>month</c>.</summary>
    public string? Interval { get; init; }
}

/// <summary>What a period brought.</summary>
public sealed record RevenueAnswer
{
    /// <summary>The first day of the day, week or month, which may lie before the range.</summary>
    public required DateOnly Period { get; init; }

    /// <summary>What was paid for goods after discount, less what was given back in the period; may be below zero.</summary>
    public required decimal Revenue { get; init; }

    /// <summary>Orders paid, less those that were refunded or cancelled in the period.</summary>
    public required long Orders { get; init; }

    /// <summary>Units sold, less those of orders that were refunded or cancelled in the period.</summary>
    public required long Units { get; init; }

    /// <summary>Revenue by order, rounded to cents; null where there are no orders to divide by.</summary>
    public decimal? AverageOrderValue => Orders > 0 ? Math.Round(Revenue / Orders, 2, MidpointRounding.AwayFromZero) : null;
}

internal sealed class GetRevenueRules : AbstractValidator<GetRevenue>
{
    public GetRevenueRules(IShopCalendar calendar)
    {
        RuleFor(query => query.From).Day();
        RuleFor(query => query.To).Day().NotBefore(query => query.From, calendar);
        RuleFor(query => query.Interval)
            .Must(interval => interval is null || Intervals.All.ContainsKey(interval))
            .WithMessage($"Give one of {string.Join(", ", Intervals.All.Keys)}.");
    }
}

internal sealed class GetRevenueHandler(ISalesStatistics statistics, IShopCalendar calendar, TimeProvider clock)
    : IRequestHandler<GetRevenue, Result<Series<RevenueAnswer>>>
{
    public async Task<Result<Series<RevenueAnswer>>> Handle(GetRevenue query, CancellationToken cancellationToken)
    {
        var (from, to) = (DayText.First(query.From, calendar), DayText.Last(query.To, calendar));
        var interval = Intervals.All[query.Interval ?? "day"];
        if (from is not null && to is not null && IsTooLong(interval, from.Value, to.Value))
        {
            return TooLong;
        }

        var days = await statistics.SalesByDayAsync(new DayRange(from ?? DateOnly.MinValue, to ?? DateOnly.MaxValue), cancellationToken);
        var today = calendar.DayOf(clock.GetUtcNow());
        var last = to ?? Later(today, days.Count == 0 ? today : days[^1].Day);
        var first = from ?? (days.Count == 0 ? Earlier(today, last) : days[0].Day);
        return IsTooLong(interval, first, last) ? TooLong : new Series<RevenueAnswer>([.. Periods(days, interval, first, last)]);
    }

    private static Error TooLong => ValidationErrors.Of(
        "from", $"The range has more than {GetRevenue.MaxPeriods} periods; ask for a shorter one, or by week or month.");

    private static IEnumerable<RevenueAnswer> Periods(IReadOnlyList<DailySales> days, Interval interval, DateOnly first, DateOnly last)
    {
        var known = days.ToLookup(day => interval.Begin(day.Day));
        for (var period = interval.Begin(first); period <= last; period = interval.Next(period))
        {
            var sales = known[period];
            yield return new RevenueAnswer
            {
                Period = period,
                Revenue = sales.Sum(day => day.Revenue),
                Orders = sales.Sum(day => day.Orders),
                Units = sales.Sum(day => day.Units),
            };
        }
    }

    private static bool IsTooLong(Interval interval, DateOnly first, DateOnly last) =>
        (last.DayNumber - first.DayNumber) / interval.LeastDays >= GetRevenue.MaxPeriods;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}

/// <summary>How days go together.</summary>
/// <param name="LeastDays">The fewest days of a period.</param>
/// <param name="Begin">The first day of the period that a day belongs to.</param>
/// <param name="Next">The first day of the period after one.</param>
internal sealed record Interval(int LeastDays, Func<DateOnly, DateOnly> Begin, Func<DateOnly, DateOnly> Next);

internal static class Intervals
{
    /// <summary>By their name in the query string.</summary>
    public static IReadOnlyDictionary<string, Interval> All { get; } = new Dictionary<string, Interval>
    {
        ["day"] = new(1, day => day, day => day.AddDays(1)),
        ["week"] = new(7, day => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), day => day.AddDays(7)),
        ["month"] = new(28, day => new DateOnly(day.Year, day.Month, 1), day => day.AddMonths(1)),
    };
}
