namespace Microsoft.SqlServer.Server;

/// <summary>How a user-defined type or aggregate is written to bytes.</summary>
public enum Format
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>SQL Server's own format, for types made of fixed-size values only.</summary>
    Native = 1,

    /// <summary>The type writes itself, by <see cref="IBinarySerialize"/>.</summary>
    UserDefined = 2,
}
