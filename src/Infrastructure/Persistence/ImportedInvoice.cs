namespace Shop.Infrastructure.Persistence;

/// <summary>An invoice that was loaded from a sales file, so that the same rows are known when they come again.</summary>
internal sealed class ImportedInvoice
{
    public required string InvoiceNo { get; init; }

    /// <summary>Tells whether the invoice comes with the same rows.</summary>
    public required byte[] ContentHash { get; set; }
}
