using Shop.Domain.Payments;

namespace Shop.Application.Abstractions;

/// <summary>
/// Payments, refunds and providers' events that are to be worked on. Each is taken up by one worker at a time, on any number of nodes: a
/// conditional statement on when it is due decides. Every call is a statement of its own, outside any unit of work.
/// </summary>
public interface IPaymentQueue
{
    /// <summary>What is due now, the longest waiting first, a batch at most.</summary>
    /// <typeparam name="T">The kind of work.</typeparam>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<long>> DueAsync<T>(CancellationToken cancellationToken)
        where T : class, IDueWork;

    /// <summary>Takes work up for the length of a lease.</summary>
    /// <typeparam name="T">The kind of work.</typeparam>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when it is not due: done, or with somebody else.</returns>
    Task<bool> TryTakeAsync<T>(long id, CancellationToken cancellationToken)
        where T : class, IDueWork;

    /// <summary>Puts work that came to nothing off, longer with every try, but never for good.</summary>
    /// <typeparam name="T">The kind of work.</typeparam>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task PostponeAsync<T>(long id, CancellationToken cancellationToken)
        where T : class, IDueWork;

    /// <summary>Notes that there is nothing left to do.</summary>
    /// <typeparam name="T">The kind of work.</typeparam>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task EndAsync<T>(long id, CancellationToken cancellationToken)
        where T : class, IDueWork;
}
