namespace Microsoft.SqlServer.Server;

/// <summary>Whether a method or function reads the system catalogues of the server it runs on.</summary>
public enum SystemDataAccessKind
{
    /// <summary>Reads no system data.</summary>
    None = 0,

    /// <summary>Reads system data.</summary>
    Read = 1,
}
