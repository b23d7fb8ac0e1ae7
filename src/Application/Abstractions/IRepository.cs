using Shop.Application.Common.Paging;
using Shop.Domain.Common;

namespace Shop.Application.Abstractions;

/// <summary>The aggregates of one kind, read and found through specifications. It never saves; the unit of work does.</summary>
/// <typeparam name="T">The aggregate.</typeparam>
public interface IRepository<T>
    where T : class
{
    /// <summary>Adds a new aggregate, which gets its id at once.</summary>
    /// <param name="aggregate">The aggregate.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task AddAsync(T aggregate, CancellationToken cancellationToken);

    /// <summary>Removes a loaded aggregate.</summary>
    /// <param name="aggregate">The aggregate.</param>
    void Remove(T aggregate);

    /// <summary>Loads one aggregate to be changed, its row locked until the transaction ends.</summary>
    /// <param name="specification">Which; one that at most one row meets.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<T?> FindForUpdateAsync(ISpecification<T> specification, CancellationToken cancellationToken);

    /// <summary>Locks one aggregate's row until the transaction ends, before anything that is asked for afterwards; loads nothing.</summary>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task LockAsync(long id, CancellationToken cancellationToken);

    /// <summary>Whether an aggregate is loaded in this unit of work, unchanged; another may have changed it meanwhile, which saving it would find out.</summary>
    /// <param name="aggregate">One that was loaded or added by this scope.</param>
    bool Holds(T aggregate);

    /// <summary>One answer, projected by the database.</summary>
    /// <typeparam name="TAnswer">A flat read model with a projection.</typeparam>
    /// <param name="specification">Of which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<TAnswer?> GetAsync<TAnswer>(ISpecification<T> specification, CancellationToken cancellationToken)
        where TAnswer : class;

    /// <summary>All answers, projected by the database; for lists that are small by nature.</summary>
    /// <typeparam name="TAnswer">A flat read model with a projection.</typeparam>
    /// <param name="specification">Of which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<TAnswer>> ListAsync<TAnswer>(ISpecification<T> specification, CancellationToken cancellationToken)
        where TAnswer : class;

    /// <summary>A page of answers, found by key: the tenth thousand page costs what the first costs.</summary>
    /// <typeparam name="TAnswer">A flat read model with a projection.</typeparam>
    /// <param name="specification">Of which; its last sort key is unique.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Refused when the cursor is forged or belongs to another list.</returns>
    Task<Result<Page<TAnswer>>> GetPageAsync<TAnswer>(ISpecification<T> specification, PageRequest page, CancellationToken cancellationToken)
        where TAnswer : class;

    /// <summary>Whether there is any.</summary>
    /// <param name="specification">Of which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<bool> AnyAsync(ISpecification<T> specification, CancellationToken cancellationToken);

    /// <summary>How many there are.</summary>
    /// <param name="specification">Of which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<long> CountAsync(ISpecification<T> specification, CancellationToken cancellationToken);
}
