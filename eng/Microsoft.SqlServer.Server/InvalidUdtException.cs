namespace Microsoft.SqlServer.Server;

/// <summary>A type does not meet the requirements of a user-defined type.</summary>
public sealed class InvalidUdtException : SystemException
{
    private InvalidUdtException(string message) : base(message)
    {
    }

    /// <summary>Makes the exception for a type.</summary>
    /// <param name="udtType">The type that was refused.</param>
    /// <param name="resourceReason">Why it was refused.</param>
    /// <returns>The exception, to be thrown by the caller.</returns>
    public static InvalidUdtException Create(Type udtType, string resourceReason)
    {
        ArgumentNullException.ThrowIfNull(udtType);
        return new InvalidUdtException($"'{udtType.FullName}' is an invalid user defined type, reason: {resourceReason}.");
    }
}
