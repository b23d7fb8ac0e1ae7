namespace Shop.Infrastructure.LocalDatabase;

/// <summary>The local database can't be used. The message says what is wrong and what to do, and is meant to be shown as it is.</summary>
internal sealed class LocalDatabaseException : Exception
{
    public LocalDatabaseException(string message) : base(message)
    {
    }

    public LocalDatabaseException(string message, Exception cause) : base(message, cause)
    {
    }
}
