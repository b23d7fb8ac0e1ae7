namespace Microsoft.SqlServer.Server;

/// <summary>Marks a class or struct as a user-defined type.</summary>
/// <param name="format">How the type is written to bytes.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false, Inherited = true)]
public sealed class SqlUserDefinedTypeAttribute(Format format) : Attribute
{
    /// <summary>The largest size in bytes, 1 to 8,000; -1 for up to 2 GB.</summary>
    public int MaxByteSize { get; set; }

    /// <summary>Whether all instances have the same size.</summary>
    public bool IsFixedLength { get; set; }

    /// <summary>Whether instances sort as their bytes do.</summary>
    public bool IsByteOrdered { get; set; }

    /// <summary>How the type is written to bytes.</summary>
    public Format Format { get; } = format;

    /// <summary>The method that checks an instance after it was read.</summary>
    public string? ValidationMethodName { get; set; }

    /// <summary>The type's name in SQL.</summary>
    public string? Name { get; set; }
}
