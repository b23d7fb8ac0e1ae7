namespace Shop.Application.Catalog;

/// <summary>What loading a file did. <see cref="Rows"/> = <see cref="Loaded"/> + all of <see cref="Skipped"/> + <see cref="Rejected"/>.</summary>
public sealed record BackfillReport
{
    /// <summary>The most errors that a report lists.</summary>
    public const int MaxErrors = 100;

    /// <summary>Rows in the file, without its header and empty lines.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that are in the shop now.</summary>
    public required long Loaded { get; init; }

    /// <summary>Rows that are no purchase, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Skipped { get; init; }

    /// <summary>Rows that can't be read.</summary>
    public required long Rejected { get; init; }

    /// <summary>Products, customers and orders that the shop did not know.</summary>
    public required long Created { get; init; }

    /// <summary>Products and orders that were different.</summary>
    public required long Updated { get; init; }

    /// <summary>Products, customers and orders that were the same.</summary>
    public required long Unchanged { get; init; }

    /// <summary>Products in the file.</summary>
    public required long Products { get; init; }

    /// <summary>Customers in the file.</summary>
    public required long Customers { get; init; }

    /// <summary>Orders in the file.</summary>
    public required long Orders { get; init; }

    /// <summary>Lines of the orders in the file; rows of equal product and price are one line.</summary>
    public required long OrderLines { get; init; }

    /// <summary>Why rows were rejected: the first <see cref="MaxErrors"/>, in the order of the file.</summary>
    public required IReadOnlyList<BackfillError> Errors { get; init; }
}

/// <summary>Why a row was rejected.</summary>
/// <param name="Line">The line of the file that the row begins on, from 1; the header counts.</param>
/// <param name="Column">The column at fault, as the header names it.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record BackfillError(long Line, string Column, string Message);
