namespace Microsoft.SqlServer.Server;

/// <summary>Describes a value that a user-defined type returns.</summary>
[AttributeUsage(
    AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.ReturnValue,
    AllowMultiple = false,
    Inherited = false)]
public class SqlFacetAttribute : Attribute
{
    /// <summary>Whether the value always takes <see cref="MaxSize"/>.</summary>
    public bool IsFixedLength { get; set; }

    /// <summary>The largest size: bytes for binary values, characters for text; -1 for no limit.</summary>
    public int MaxSize { get; set; }

    /// <summary>The total number of digits of a decimal value.</summary>
    public int Precision { get; set; }

    /// <summary>The number of digits of a decimal value after the point.</summary>
    public int Scale { get; set; }

    /// <summary>Whether the value can be null.</summary>
    public bool IsNullable { get; set; }
}
