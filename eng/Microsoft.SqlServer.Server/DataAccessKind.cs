namespace Microsoft.SqlServer.Server;

/// <summary>Whether a method or function reads user data of the server it runs on.</summary>
public enum DataAccessKind
{
    /// <summary>Reads no user data.</summary>
    None = 0,

    /// <summary>Reads user data.</summary>
    Read = 1,
}
