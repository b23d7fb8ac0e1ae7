using Microsoft.Extensions.Logging;

namespace Shop.Infrastructure.Outbox;

/// <summary>Notes of what was done outside and can't be undone: without its note it would be done again.</summary>
internal static partial class LastingNote
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Writes a note, again and again until the database takes it.</summary>
    /// <param name="note">Writes it, to the same effect each time.</param>
    /// <param name="log">Hears that the database did not take it.</param>
    /// <param name="stopping">Ends the repetition, not the first try.</param>
    public static async Task WriteAsync(Func<Task> note, ILogger log, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await note();
                return;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                NotTaken(log, exception);
            }

            await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What was sent could not be noted; it is tried again until it is.")]
    private static partial void NotTaken(ILogger log, Exception exception);
}
