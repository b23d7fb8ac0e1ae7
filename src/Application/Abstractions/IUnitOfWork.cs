using Shop.Domain.Common;

namespace Shop.Application.Abstractions;

/// <summary>One transaction of the database.</summary>
public interface IUnitOfWork
{
    /// <summary>
    /// Runs work in one transaction (Read Committed), saves what it changed and commits, unless the work refuses. A broken constraint
    /// becomes the refusal that belongs to it. One that says only that another request came first, a deadlock, a <see cref="RepeatWorkException"/> or a connection that is lost before the
    /// commit is asked for repeats the whole work, so it must not touch the outside. Inside another unit of work it joins that one.
    /// </summary>
    /// <typeparam name="T">What the work answers.</typeparam>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="repeatsSafely">
    /// Whether the work finds out by itself that it was done before. Only then is it repeated when the connection is lost once the commit is asked for,
    /// which is as soon as what is saved last is sent; else nobody knows whether it was done, which the caller is told.
    /// </param>
    /// <param name="goesOn">
    /// Whether the work takes over what this scope's last unit of work left loaded, which was saved as it is. Repeated, it finds none of it and has to load it.
    /// </param>
    /// <exception cref="CommitUnknownException">The connection was lost while committing work that can't be repeated.</exception>
    Task<T> ExecuteAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken, bool repeatsSafely = false, bool goesOn = false)
        where T : IOutcome<T>;
}
