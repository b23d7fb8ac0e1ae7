using System.Runtime.InteropServices;

namespace Shop.Bench.Machine;

/// <summary>Ctrl+C and SIGTERM: what was started is stopped, and what was made removed, as at the end of a run.</summary>
internal sealed class Interruption : IDisposable
{
    private const int Interrupted = 130;

    private static readonly Lock Gate = new();
    private static readonly Stack<IAsyncDisposable> Started = new();

    private readonly PosixSignalRegistration[] _signals =
        [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];

    /// <summary>Whether the run ends early: what goes wrong from now on is no result.</summary>
    public static bool Requested { get; private set; }

    /// <summary>Remembers what has to be stopped.</summary>
    public static void Covers(IAsyncDisposable started)
    {
        lock (Gate)
            Started.Push(started);
    }

    /// <summary>Leaves the rest to the handler of a signal that has come.</summary>
    public static void GiveWay()
    {
        if (Requested)
            Thread.Sleep(Timeout.Infinite);
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
    }

    private static void Stop(PosixSignalContext context)
    {
        (context.Cancel, Requested) = (true, true);
        lock (Gate)
        {
            while (Started.TryPop(out var each))
                each.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Workplace.Remove();
            Environment.Exit(Interrupted);
        }
    }
}
