using System.Globalization;
using FluentValidation;
using Shop.Application.Abstractions;

namespace Shop.Application.Analytics;

/// <summary>
/// The ends of a range of days as clients write them. A date is a whole day of the shop, the last one included; a time ends the range
/// before it, and stands for the day that it falls on.
/// </summary>
internal static class DayText
{
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>The first day that a valid text asks for; null for none.</summary>
    public static DateOnly? First(string? text, IShopCalendar calendar) =>
        text is null ? null : Date(text) ?? calendar.DayOf(Time(text)!.Value);

    /// <summary>The last day that a valid text asks for; null for none.</summary>
    public static DateOnly? Last(string? text, IShopCalendar calendar) =>
        text is null ? null : Date(text) ?? calendar.DayOf(Time(text)!.Value.AddTicks(-1));

    /// <summary>The days between two valid texts; all where there is none.</summary>
    public static DayRange Range(string? from, string? to, IShopCalendar calendar) =>
        new(First(from, calendar) ?? DateOnly.MinValue, Last(to, calendar) ?? DateOnly.MaxValue);

    /// <summary>The text is absent, a date or a time.</summary>
    public static IRuleBuilderOptions<T, string?> Day<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(IsDay)
            .WithMessage("Give a day such as 2026-10-25, or a time such as 2026-10-25T00:00:00Z.");

    /// <summary>The range begins before it ends.</summary>
    public static IRuleBuilderOptions<T, string?> NotBefore<T>(this IRuleBuilderOptions<T, string?> rule, Func<T, string?> from, IShopCalendar calendar) =>
        rule.Must((query, to) => !IsDay(to) || !IsDay(from(query)) || First(from(query), calendar) is not { } first || Last(to, calendar) is not { } last || first <= last)
            .WithMessage("The range ends before it begins; give a later 'to' or an earlier 'from'.");

    /// <summary>Whether a text is absent or valid.</summary>
    public static bool IsDay(string? text) => text is null || Date(text) is not null || Time(text) is not null;

    private static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && IsCounted(day.Year) ? day : null;

    /// <summary>A plus sign that was not escaped arrives as a space.</summary>
    private static DateTimeOffset? Time(string text) =>
        text.Contains('T', StringComparison.OrdinalIgnoreCase)
        && DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && IsCounted(time.UtcDateTime.Year) ? time : null;

    /// <summary>Leaves room for offsets at both ends of the calendar.</summary>
    private static bool IsCounted(int year) => year is > 1 and < 9_999;
}
