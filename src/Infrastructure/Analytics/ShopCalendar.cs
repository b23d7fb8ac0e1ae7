using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Analytics;

/// <summary>
/// The shop's days as spans of one offset each: the same spans lie in the database, so that a statement there and the code here never
/// disagree on a day, whichever rules either machine knows. Outside of 1970 to 2100 the nearest span goes on.
/// </summary>
internal sealed class ShopCalendar : IShopCalendar
{
    private static readonly DateTimeOffset First = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Never = new(1, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Forever = new(9999, 12, 30, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The calendar of a zone.</summary>
    public ShopCalendar(TimeZoneInfo zone)
    {
        Zone = zone.Id;
        Spans = [.. SpansOf(zone)];
    }

    /// <summary>The zone's IANA name.</summary>
    public string Zone { get; }

    /// <summary>All spans, one after the other without a gap.</summary>
    public IReadOnlyList<ZoneSpan> Spans { get; }

    public DateOnly DayOf(DateTimeOffset moment) =>
        DateOnly.FromDateTime(moment.UtcDateTime.AddMinutes(SpanOf(moment).OffsetMinutes));

    /// <summary>Where midnight comes twice it is the first, where there is none it is the moment that jumps over it.</summary>
    public DateTimeOffset BeginOf(DateOnly day)
    {
        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return Spans.Select(span => (Span: span, Begin: Later(midnight.AddMinutes(-span.OffsetMinutes), span.StartsAt)))
            .First(each => each.Begin < each.Span.EndsAt && DayOf(each.Begin) >= day).Begin;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private ZoneSpan SpanOf(DateTimeOffset moment)
    {
        var (low, high) = (0, Spans.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Spans[middle].StartsAt <= moment ? (middle, high) : (low, middle - 1);
        }

        return Spans[low];
    }

    private IEnumerable<ZoneSpan> SpansOf(TimeZoneInfo zone)
    {
        var begin = Never;
        for (var day = First; day < Last; day = day.AddDays(1))
        {
            if (zone.GetUtcOffset(day) != zone.GetUtcOffset(day.AddDays(1)))
            {
                var change = ChangeBetween(zone, day, day.AddDays(1));
                yield return new ZoneSpan(Zone, begin, change, MinutesAt(zone, day));
                begin = change;
            }
        }

        yield return new ZoneSpan(Zone, begin, Forever, MinutesAt(zone, Last));
    }

    private static DateTimeOffset ChangeBetween(TimeZoneInfo zone, DateTimeOffset before, DateTimeOffset after)
    {
        var (low, high) = (0, (int)(after - before).TotalMinutes);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = zone.GetUtcOffset(before.AddMinutes(middle)) == zone.GetUtcOffset(before) ? (middle, high) : (low, middle);
        }

        return before.AddMinutes(high);
    }

    private static int MinutesAt(TimeZoneInfo zone, DateTimeOffset moment) => (int)zone.GetUtcOffset(moment).TotalMinutes;
}

/// <summary>A time in which a zone kept one offset.</summary>
/// <param name="Zone">The zone's IANA name.</param>
/// <param name="StartsAt">Its first moment, UTC.</param>
/// <param name="EndsAt">The first moment after it, UTC.</param>
/// <param name="OffsetMinutes">How far the zone was ahead of UTC.</param>
internal sealed record ZoneSpan(string Zone, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int OffsetMinutes);
