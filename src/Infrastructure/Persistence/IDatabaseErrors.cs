namespace Shop.Infrastructure.Persistence;

/// <summary>Reads a provider's exceptions.</summary>
internal interface IDatabaseErrors
{
    /// <summary>The name of the constraint or unique index that a statement broke; null when it failed for another reason.</summary>
    /// <param name="exception">What was thrown.</param>
    string? BrokenConstraint(Exception exception);

    /// <summary>Whether the server itself said no to a commit, so that the transaction is known to be undone.</summary>
    /// <param name="exception">What was thrown.</param>
    bool IsRefusal(Exception exception);

    /// <summary>Whether something that a statement took for granted was not so, which undid the transaction: it is to be repeated.</summary>
    /// <param name="exception">What was thrown.</param>
    bool IsFailedGuard(Exception exception);

    /// <summary>Why no work can be done with the server as it is configured; null when it failed for another reason.</summary>
    /// <param name="exception">What was thrown.</param>
    string? WhyUnusable(Exception exception);
}
