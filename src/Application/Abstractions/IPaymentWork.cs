using Shop.Domain.Payments;

namespace Shop.Application.Abstractions;

/// <summary>Brings one piece of work, taken up from the <see cref="IPaymentQueue"/>, as far as it goes.</summary>
/// <typeparam name="T">The kind of work.</typeparam>
public interface IPaymentWork<T>
    where T : IDueWork
{
    /// <summary>Asks the provider what became of it and records that; or puts it off.</summary>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task WorkAsync(long id, CancellationToken cancellationToken);
}
