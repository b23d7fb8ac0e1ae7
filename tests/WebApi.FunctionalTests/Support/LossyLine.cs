using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>A line to PostgreSQL that breaks on the way there or on the way back.</summary>
internal sealed class LossyLine : IAsyncDisposable
{
    /// <summary>What the server ends its answer with when no transaction is open any more: ReadyForQuery, idle.</summary>
    private static readonly byte[] Idle = [(byte)'Z', 0, 0, 0, 5, (byte)'I'];

    /// <summary>An ErrorResponse: FATAL, admin_shutdown.</summary>
    private static readonly byte[] Shutdown = [(byte)'E', 0, 0, 0, 43, .. "SFATAL\0VFATAL\0C57P01\0Mthe server ends\0\0"u8];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly Task _accepting;
    private byte[]? _marker;
    private Loss _loss;

    /// <summary>Opens a line.</summary>
    /// <param name="connectionString">The server.</param>
    public LossyLine(string connectionString)
    {
        _server = new NpgsqlConnectionStringBuilder(connectionString);
        _listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;
        _accepting = AcceptAsync();
    }

    /// <summary>The way to the server over this line.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether what was to be lost has been.</summary>
    public bool HasLost => Volatile.Read(ref _marker) is null;

    /// <summary>Loses the next trip whose statements contain a text, and the connection with it.</summary>
    public void LoseTripOf(string statement) => Lose(statement, Loss.Trip);

    /// <summary>Loses the answer to the next such trip: the server has done all that it was sent, and the shop never hears of it.</summary>
    public void LoseAnswerTo(string statement) => Lose(statement, Loss.Answer);

    /// <summary>Lets the server end the connection when it has done the next such trip, and say so.</summary>
    public void EndAfter(string statement) => Lose(statement, Loss.End);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private void Lose(string statement, Loss loss)
    {
        _loss = loss;
        Volatile.Write(ref _marker, Encoding.ASCII.GetBytes(statement));
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptSocketAsync(_end.Token);
            _ = CarryAsync(client);
        }
    }

    private async Task CarryAsync(Socket shop)
    {
        using (shop)
        {
            using var server = await ConnectAsync();
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            var loses = false;
            await Task.WhenAny(CarryUpAsync(), CarryDownAsync());
            await ends.CancelAsync();

            async Task CarryUpAsync()
            {
                var buffer = new byte[64 * 1024];
                while (await shop.ReceiveAsync(buffer, ends.Token) is > 0 and var count)
                {
                    if (Volatile.Read(ref _marker) is { } marker && buffer.AsSpan(0, count).IndexOf(marker) >= 0)
                    {
                        if (_loss == Loss.Trip)
                        {
                            Volatile.Write(ref _marker, null);
                            return;
                        }

                        Volatile.Write(ref loses, true);
                    }

                    await server.SendAsync(buffer.AsMemory(0, count), ends.Token);
                }
            }

            async Task CarryDownAsync()
            {
                var buffer = new byte[64 * 1024];
                while (await server.ReceiveAsync(buffer, ends.Token) is > 0 and var count)
                {
                    if (!Volatile.Read(ref loses))
                    {
                        await shop.SendAsync(buffer.AsMemory(0, count), ends.Token);
                    }
                    else if (buffer.AsSpan(0, count).EndsWith(Idle))
                    {
                        if (_loss == Loss.End)
                        {
                            await shop.SendAsync((byte[])[.. buffer.AsSpan(0, count - Idle.Length), .. Shutdown], ends.Token);
                        }

                        Volatile.Write(ref _marker, null);
                        return;
                    }
                }
            }
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        var isLocal = _server.Host!.StartsWith('/');
        EndPoint address = isLocal ? new UnixDomainSocketEndPoint($"{_server.Host}/.s.PGSQL.{_server.Port}") : new DnsEndPoint(_server.Host, _server.Port);
        var socket = isLocal ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address, _end.Token);
        return socket;
    }

    private enum Loss
    {
        Trip,
        Answer,
        End,
    }
}
