using System.Net.Sockets;
using Npgsql;

namespace Shop.Infrastructure.Persistence.PostgreSql;

internal sealed class PostgreSqlErrors : IDatabaseErrors
{
    public string? BrokenConstraint(Exception exception) =>
        (exception as PostgresException ?? exception.InnerException as PostgresException)?.ConstraintName;

    /// <remarks>A server that ends the connection says so by an error, too, and may have committed before.</remarks>
    public bool IsRefusal(Exception exception) => exception is PostgresException { InvariantSeverity: "ERROR" };

    public bool IsFailedGuard(Exception exception) =>
        (exception as PostgresException ?? exception.InnerException as PostgresException) is { } failed && Guards.HasFailed(failed);

    public string? WhyUnusable(Exception exception) =>
        exception.GetBaseException() is SocketException or TimeoutException ? exception.GetBaseException().Message : null;
}
