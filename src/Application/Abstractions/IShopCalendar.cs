namespace Shop.Application.Abstractions;

/// <summary>The days of the shop, which begin and end at midnight of its own time zone.</summary>
public interface IShopCalendar
{
    /// <summary>The day that a moment falls on.</summary>
    /// <param name="moment">The moment.</param>
    DateOnly DayOf(DateTimeOffset moment);

    /// <summary>When a day begins, which is when the one before ends, UTC.</summary>
    /// <param name="day">The day.</param>
    DateTimeOffset BeginOf(DateOnly day);
}
