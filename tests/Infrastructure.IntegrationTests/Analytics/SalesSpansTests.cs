using System.Globalization;
using Shop.Application.Abstractions;
using Shop.Infrastructure.Analytics;

namespace Shop.Infrastructure.IntegrationTests.Analytics;

[Parallelizable(ParallelScope.All)]
public sealed class SalesSpansTests
{
    [TestCase("2025-02-12", "2025-11-20", "years 2025; months -01 -12; 0 days, 21 taken")]
    [TestCase("2025-01-01", "2025-12-31", "years 2025; months; 0 days, 0 taken")]
    [TestCase("2024-11-20", "2027-01-02", "years 2025-2026; months +12; 13 days, 0 taken")]
    [TestCase("2024-02-05", "2024-02-28", "years; months +02; 0 days, 5 taken")]
    [TestCase("2025-06-15", "2025-06-15", "years; months; 1 days, 0 taken")]
    [TestCase("0001-01-01", "9999-12-31", "years 1-9999; months; 0 days, 0 taken")]
    public void A_range_is_few_spans(string from, string to, string expected)
    {
        var spans = SalesSpans.Of(new DayRange(Day(from), Day(to)));

        var (first, last) = (spans.FirstYear.Year, spans.LastYear.Year);
        var years = first > last ? "" : first == last ? $" {first}" : $" {first}-{last}";
        var months = string.Concat(spans.AddedMonths.Select(month => $" +{month:MM}").Concat(spans.TakenMonths.Select(month => $" -{month:MM}")));
        $"years{years}; months{months}; {spans.AddedDays.Length} days, {spans.TakenDays.Length} taken".ShouldBe(expected);
    }

    [Test]
    public void Every_day_of_a_range_counts_once_and_no_other_day_at_all([Random(1, int.MaxValue, 200)] int seed)
    {
        var random = new Random(seed);
        var begin = new DateOnly(2023, 1, 1);
        var from = begin.AddDays(random.Next(3 * 365));
        var range = new DayRange(from, from.AddDays(random.Next(2) == 0 ? random.Next(60) : random.Next(800)));

        var counts = Counts(SalesSpans.Of(range));

        for (var day = begin.AddDays(-400); day < begin.AddDays(6 * 365); day = day.AddDays(1))
        {
            counts.GetValueOrDefault(day).ShouldBe(day >= range.From && day <= range.To ? 1 : 0, $"{day} of {range}");
        }
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Dictionary<DateOnly, int> Counts(SalesSpans spans)
    {
        var counts = new Dictionary<DateOnly, int>();
        for (var year = spans.FirstYear; year <= spans.LastYear; year = year.AddYears(1))
        {
            Count(year, year.AddYears(1), 1);
        }

        foreach (var (months, days, sign) in ((DateOnly[], DateOnly[], int)[])[(spans.AddedMonths, spans.AddedDays, 1), (spans.TakenMonths, spans.TakenDays, -1)])
        {
            Array.ForEach(months, month => Count(month, month.AddMonths(1), sign));
            Array.ForEach(days, day => Count(day, day.AddDays(1), sign));
        }

        return counts;

        void Count(DateOnly first, DateOnly end, int sign)
        {
            for (var day = first; day < end; day = day.AddDays(1))
            {
                counts[day] = counts.GetValueOrDefault(day) + sign;
            }
        }
    }
}
