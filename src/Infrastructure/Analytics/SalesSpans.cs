using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Analytics;

/// <summary>
/// A range of days as few totals: whole years and months, then days, taken away from a longer span where that is less to read than
/// adding up. 12 February to 20 November is the year without January, eleven days, ten days and December.
/// </summary>
/// <param name="FirstYear">The first year whose totals are added, as its first day.</param>
/// <param name="LastYear">The last such year; before the first where there is none.</param>
/// <param name="AddedMonths">Months whose totals are added, as their first days.</param>
/// <param name="TakenMonths">Months whose totals are taken away.</param>
/// <param name="AddedDays">Days whose totals are added.</param>
/// <param name="TakenDays">Days whose totals are taken away.</param>
internal sealed record SalesSpans(
    DateOnly FirstYear, DateOnly LastYear, DateOnly[] AddedMonths, DateOnly[] TakenMonths, DateOnly[] AddedDays, DateOnly[] TakenDays)
{
    private enum Length
    {
        Day,
        Month,
        Year,
    }

    /// <summary>The spans of a range.</summary>
    public static SalesSpans Of(DayRange range)
    {
        var wanted = new Days(range.From, range.To, IsOutside: false);
        List<Part> edges = [.. OfYear(range.From.Year, wanted), .. range.To.Year > range.From.Year ? OfYear(range.To.Year, wanted) : []];
        var wholeYears = Enumerable.Range(range.From.Year + 1, Math.Max(0, range.To.Year - range.From.Year - 1)).Select(FirstOf);
        DateOnly[] years = [.. edges.Where(part => part.Length == Length.Year).Select(part => part.StartsOn).Concat(wholeYears).Order()];
        return new SalesSpans(
            years.Length > 0 ? years[0] : DateOnly.MaxValue, years.Length > 0 ? years[^1] : DateOnly.MinValue,
            Starts(Length.Month, isTaken: false), Starts(Length.Month, isTaken: true),
            Starts(Length.Day, isTaken: false), Starts(Length.Day, isTaken: true));

        DateOnly[] Starts(Length length, bool isTaken) =>
            [.. edges.Where(part => part.Length == length && part.IsTaken == isTaken).Select(part => part.StartsOn)];
    }

    private static List<Part> OfYear(int year, Days wanted)
    {
        DateOnly[] months = [.. Enumerable.Range(1, 12).Select(month => new DateOnly(year, month, 1))];
        return Cheaper(
            [.. months.SelectMany(month => OfMonth(month, wanted))],
            [new Part(Length.Year, FirstOf(year)), .. months.SelectMany(month => OfMonth(month, wanted.Others)).Select(part => part.Reversed)]);
    }

    private static List<Part> OfMonth(DateOnly month, Days wanted)
    {
        var days = Enumerable.Range(0, DateTime.DaysInMonth(month.Year, month.Month)).Select(month.AddDays).ToLookup(wanted.Contain);
        return Cheaper(
            [.. days[true].Select(day => new Part(Length.Day, day))],
            [new Part(Length.Month, month), .. days[false].Select(day => new Part(Length.Day, day, IsTaken: true))]);
    }

    private static List<Part> Cheaper(List<Part> one, List<Part> other) => one.Sum(part => part.Rows) <= other.Sum(part => part.Rows) ? one : other;

    private static DateOnly FirstOf(int year) => new(year, 1, 1);

    private sealed record Part(Length Length, DateOnly StartsOn, bool IsTaken = false)
    {
        public Part Reversed => this with { IsTaken = !IsTaken };

        /// <summary>About how many rows it has, in those of a day: few things are sold every day, but what sells at all sells most months.</summary>
        public int Rows => Length switch { Length.Day => 1, Length.Month => 8, _ => 12 };
    }

    private sealed record Days(DateOnly From, DateOnly To, bool IsOutside)
    {
        public Days Others => this with { IsOutside = !IsOutside };

        public bool Contain(DateOnly day) => (day >= From && day <= To) != IsOutside;
    }
}
