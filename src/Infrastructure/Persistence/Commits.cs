using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Persistence;

internal static class Commits
{
    /// <summary>A commit that the server refuses is undone; one whose answer is lost may have happened.</summary>
    /// <param name="transaction">What is committed.</param>
    /// <param name="errors">Reads the provider's exceptions.</param>
    /// <param name="repeatsSafely">Whether the work finds out by itself that it was done before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommitUnknownException">The answer was lost, and the work can't be repeated.</exception>
    public static async Task CommitAsync(
        this IDbContextTransaction transaction, IDatabaseErrors errors, bool repeatsSafely, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (!repeatsSafely && IsUnknown(exception, errors))
        {
            throw new CommitUnknownException(exception);
        }
    }

    /// <summary>Whether a transaction was undone because another came first, so that it had better be repeated.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="errors">Reads the provider's exceptions.</param>
    public static bool IsLostRace(Exception exception, IDatabaseErrors errors) =>
        exception is DbUpdateConcurrencyException or RepeatWorkException || errors.IsFailedGuard(exception);

    /// <summary>Whether a transaction that was asked to commit may have done so, although this was thrown.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="errors">Reads the provider's exceptions.</param>
    public static bool IsUnknown(Exception exception, IDatabaseErrors errors) =>
        exception is not OperationCanceledException && !IsLostRace(exception, errors) && !errors.IsRefusal(exception);
}
