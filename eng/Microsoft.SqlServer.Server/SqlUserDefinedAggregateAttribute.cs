namespace Microsoft.SqlServer.Server;

/// <summary>Marks a class or struct as a user-defined aggregate.</summary>
/// <param name="format">How the aggregate's state is written to bytes.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false, Inherited = false)]
public sealed class SqlUserDefinedAggregateAttribute(Format format) : Attribute
{
    /// <summary>The largest state in bytes that <see cref="MaxByteSize"/> can name.</summary>
    public const int MaxByteSizeValue = 8000;

    /// <summary>The largest size of the state in bytes, 0 to <see cref="MaxByteSizeValue"/>; -1 for up to 2 GB.</summary>
    public int MaxByteSize { get; set; }

    /// <summary>Whether repeated values leave the result as it is.</summary>
    public bool IsInvariantToDuplicates { get; set; }

    /// <summary>Whether nulls leave the result as it is.</summary>
    public bool IsInvariantToNulls { get; set; }

    /// <summary>Whether the order of values leaves the result as it is.</summary>
    public bool IsInvariantToOrder { get; set; }

    /// <summary>Whether the result over no values is null.</summary>
    public bool IsNullIfEmpty { get; set; }

    /// <summary>How the aggregate's state is written to bytes.</summary>
    public Format Format { get; } = format;

    /// <summary>The aggregate's name in SQL.</summary>
    public string? Name { get; set; }
}
