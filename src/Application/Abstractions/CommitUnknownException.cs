namespace Shop.Application.Abstractions;

/// <summary>The connection was lost while committing: whether the change was made is unknown, so it must not be repeated blindly.</summary>
/// <param name="cause">How the connection was lost.</param>
public sealed class CommitUnknownException(Exception cause) : Exception("The connection was lost while committing.", cause);
