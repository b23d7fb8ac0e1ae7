using Npgsql;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>Sends full buffers to their tables over one connection, each by a COPY of its own, while the next is being filled.</summary>
internal sealed class PostgreSqlCopyQueue(NpgsqlConnection connection) : IAsyncDisposable
{
    private Task _sending = Task.CompletedTask;

    /// <summary>Waits for the buffer that was sent before, whichever it was, and then begins with this one, which can be filled again at once.</summary>
    public async ValueTask SendAsync(PostgreSqlCopyBuffer buffer, CancellationToken cancellationToken)
    {
        await _sending;
        var full = buffer.Swap();
        _sending = Task.Run(() => CopyAsync(buffer.Command, full, cancellationToken), cancellationToken);
    }

    /// <summary>Waits for the last buffer.</summary>
    public Task DrainAsync() => _sending;

    /// <summary>Leaves the connection ready for other statements; what failed was said, or gives way to what failed first.</summary>
    public async ValueTask DisposeAsync() => await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task CopyAsync(string command, ReadOnlyMemory<byte> rows, CancellationToken cancellationToken)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync(command, cancellationToken);
        try
        {
            await stream.WriteAsync(rows, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
        catch
        {
            await stream.CancelAsync();
            throw;
        }
    }
}

/// <summary>Rows for one table: those that are being written, and the place of those being sent.</summary>
/// <param name="command">The COPY.</param>
internal sealed class PostgreSqlCopyBuffer(string command)
{
    private PostgreSqlRowWriter _other = new();

    public string Command => command;

    public PostgreSqlRowWriter Writer { get; private set; } = new();

    /// <summary>Ends the rows written so far and begins anew. They stay good until the next swap.</summary>
    public ReadOnlyMemory<byte> Swap()
    {
        var full = Writer;
        full.End();
        (Writer, _other) = (_other, full);
        Writer.Begin();
        return full.Written;
    }
}
