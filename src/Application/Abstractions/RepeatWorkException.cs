namespace Shop.Application.Abstractions;

/// <summary>The work lost a race and would do better from the start: the unit of work undoes it and runs it again.</summary>
public sealed class RepeatWorkException : Exception
{
    /// <summary>A lost race.</summary>
    /// <param name="message">Which.</param>
    public RepeatWorkException(string message)
        : base(message)
    {
    }
}
