namespace Shop.Infrastructure.Persistence;

/// <summary>Where the database is; known once the local one runs, or from configuration.</summary>
internal sealed class DatabaseAddress
{
    private string? _connectionString;

    public string ConnectionString
    {
        get => _connectionString ?? throw new InvalidOperationException("The database has not been started.");
        set => _connectionString = value;
    }
}
