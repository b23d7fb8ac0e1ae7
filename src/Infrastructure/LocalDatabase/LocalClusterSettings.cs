namespace Shop.Infrastructure.LocalDatabase;

/// <summary>What a process wants from the cluster in a folder.</summary>
internal enum LocalClusterRole
{
    /// <summary>The shop itself: the folder is its own as long as it runs; anybody else's folder is refused.</summary>
    Owner,

    /// <summary>
    /// A command such as migrate or audit: uses the server of a running shop, or else starts one for the length of the command. Commands that
    /// start their own server take turns.
    /// </summary>
    Visitor,
}

/// <summary>How the cluster is run.</summary>
internal sealed record LocalClusterSettings
{
    public LocalClusterRole Role { get; init; } = LocalClusterRole.Owner;

    /// <summary>Whether committed data survives a crash of the machine. Only tests have data that may be lost.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Connections that the server accepts at the same time, 10 or more.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>The server's page cache in MiB, 1 or more.</summary>
    public int SharedBuffersMegabytes { get; init; } = 256;

    /// <summary>How long the server may take to accept connections, recovery after a crash included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
