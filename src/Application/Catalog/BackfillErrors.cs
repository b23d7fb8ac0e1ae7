using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>What a whole file is refused for; nothing of it is loaded then.</summary>
public static class BackfillErrors
{
    /// <summary>The columns of a sales file; all have to be there.</summary>
    public const string SalesHeader = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    /// <summary>The columns of a catalog file; name and price have to be there.</summary>
    public const string CatalogHeader = "sku,name,description,price,category,image_url,stock";

    /// <summary>There is nothing in it.</summary>
    public static Error Empty => new(ErrorKind.Invalid, "backfill_file_empty", "The file is empty; send a CSV with a header.");

    /// <summary>Its first line can't be read as text.</summary>
    public static Error NotCsv =>
        new(ErrorKind.Invalid, "backfill_file_not_csv", "The file does not begin with a header that can be read; send a CSV in UTF-8.");

    /// <summary>Its header is neither of the two.</summary>
    public static Error UnknownHeader => new(
        ErrorKind.Invalid,
        "backfill_header_unknown",
        $"The header is neither that of a catalog ({CatalogHeader}; name and price are required) nor that of sales ({SalesHeader}; all are required).");

    /// <summary>A column is named twice.</summary>
    /// <param name="column">The column.</param>
    public static Error ColumnTwice(string column) =>
        new(ErrorKind.Invalid, "backfill_header_unknown", $"The header names the column '{column}' twice; leave one of them out.");

    /// <summary>The upload ended too early or was not of the form that it promised.</summary>
    public static Error Truncated =>
        new(ErrorKind.Invalid, "backfill_upload_broken", "The upload ended before the file did; send it again.");

    /// <summary>It came in neither of the forms that are taken.</summary>
    public static Error WrongMediaType => new(
        ErrorKind.Invalid,
        "unsupported_media_type",
        "Send the CSV in UTF-8 as the body with 'Content-Type: text/csv', or as the one file of a multipart/form-data body.");

    /// <summary>Another file is being loaded.</summary>
    public static Error Busy =>
        new(ErrorKind.Conflict, "backfill_running", "Another file is being loaded; send this one again when that is done.") { RetryAfter = TimeSpan.FromSeconds(30) };

    /// <summary>The database was lost on the way; a file that was read once can't be read again.</summary>
    public static Error Interrupted =>
        new(ErrorKind.Conflict, "backfill_interrupted", "The database interrupted the load, and nothing was changed; send the file again.") { RetryAfter = TimeSpan.FromSeconds(5) };

    /// <summary>The configured file is not there.</summary>
    /// <param name="path">Where it should be.</param>
    public static Error FileMissing(string path) => new(
        ErrorKind.Conflict, "backfill_file_missing", $"There is no file that can be read at '{path}'; set Shop:Backfill:Path to one, or leave it out.");
}
