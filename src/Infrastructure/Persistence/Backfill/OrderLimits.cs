using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.Backfill;

/// <summary>What an order can hold at most.</summary>
internal static class OrderLimits
{
    /// <summary>The rows that would take their order, together with the rows before them, beyond what it can hold.</summary>
    /// <param name="rows">All rows of the invoices in question; those of one invoice together and in the order of the file.</param>
    public static async Task<IReadOnlyList<(SalesRow Row, string Message)>> FindRowsBeyondAsync(IAsyncEnumerable<SalesRow> rows)
    {
        var beyond = new List<(SalesRow Row, string Message)>();
        var units = new Dictionary<(string Sku, decimal Price), int>();
        var invoice = "";
        var total = 0m;
        await foreach (var row in rows)
        {
            if (row.Sale!.Value.Invoice != invoice)
            {
                (invoice, total) = (row.Sale.Value.Invoice, 0);
                units.Clear();
            }

            var line = (row.Sku, row.Price!.Value);
            var quantity = units.GetValueOrDefault(line) + row.Sale.Value.Quantity;
            var amount = row.Price.Value * row.Sale.Value.Quantity;
            if (total + amount > Money.MaxAmount)
            {
                beyond.Add((row, $"With this row its invoice comes to more than {Money.MaxAmount}."));
            }
            else if (quantity > Quantity.Max)
            {
                beyond.Add((row, $"With this row its invoice has more than {Quantity.Max} units of one product at one price."));
            }
            else
            {
                units[line] = quantity;
                total += amount;
            }
        }

        return beyond;
    }
}
