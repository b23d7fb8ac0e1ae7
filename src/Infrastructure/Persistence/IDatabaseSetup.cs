namespace Shop.Infrastructure.Persistence;

/// <summary>What a database needs beside its schema. Only a provider that needs something has one.</summary>
internal interface IDatabaseSetup
{
    /// <summary>Sets it, where it is not set and allowed. Comes after the migrations, at every start.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task ApplyAsync(CancellationToken cancellationToken);
}
