namespace Shop.Infrastructure.Analytics;

/// <summary>
/// What one change of an order adds to the sales of a day. Entries are only ever appended, so that two orders never wait for each other
/// over a day's total; a job adds them to the totals later, and whoever reads adds up both.
/// </summary>
internal sealed class SalesEntry
{
    /// <summary>The key.</summary>
    public long Id { get; private set; }

    /// <summary>The shop's day that it counts for.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Who bought.</summary>
    public required long UserId { get; init; }

    /// <summary>What was bought; null for the order as such.</summary>
    public required long? ProductId { get; init; }

    /// <summary>Money for goods, after discount; below zero where it went back.</summary>
    public required decimal Revenue { get; init; }

    /// <summary>Units; below zero where they were taken back.</summary>
    public required long Units { get; init; }

    /// <summary>Orders: 1 or −1 with the order as such, 0 with its lines.</summary>
    public required long Orders { get; init; }
}

/// <summary>The sales of one day, month or year: all of them, of one product, or to one customer.</summary>
internal sealed class SalesTotal
{
    /// <summary>Of what and by which span of time.</summary>
    public SalesSeries Series { get; private set; }

    /// <summary>The first of the shop's days that it is about.</summary>
    public DateOnly StartsOn { get; private set; }

    /// <summary>The product or the customer; 0 for the whole shop.</summary>
    public long SubjectId { get; private set; }

    /// <summary>Money for goods, after discount, less what went back.</summary>
    public decimal Revenue { get; private set; }

    /// <summary>The revenue in cents, by the database: whole numbers are added up in half the time.</summary>
    public long RevenueCents { get; private set; }

    /// <summary>Units sold less those taken back; 0 for customers.</summary>
    public long Units { get; private set; }

    /// <summary>Orders paid less those that went back; 0 for products.</summary>
    public long Orders { get; private set; }
}

/// <summary>What totals are about. Months and years are sums of days, kept beside them so that <see cref="SalesSpans"/> are few rows.</summary>
internal enum SalesSeries : short
{
    /// <summary>The whole shop, by day.</summary>
    ShopDay = 1,

    /// <summary>A product, by day.</summary>
    ProductDay = 2,

    /// <summary>A product, by month.</summary>
    ProductMonth = 3,

    /// <summary>A customer, by day.</summary>
    CustomerDay = 4,

    /// <summary>A customer, by month.</summary>
    CustomerMonth = 5,

    /// <summary>A product, by year.</summary>
    ProductYear = 6,

    /// <summary>A customer, by year.</summary>
    CustomerYear = 7,
}
