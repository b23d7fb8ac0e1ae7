namespace Shop.Infrastructure.Startup;

/// <summary>
/// Sees whether the start finds all as it leaves it. It asks in plain SQL: EF Core takes longer to build its model than all else that
/// stands between a start and the first answer.
/// </summary>
internal interface IStartCheck
{
    /// <summary>Whether the start has nothing to do to the database; false also when that can't be told.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<bool> IsReadyAsync(CancellationToken cancellationToken);
}
