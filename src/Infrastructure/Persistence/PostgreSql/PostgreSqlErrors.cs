using System.Net.Sockets;
using Npgsql;

namespace Shop.Infrastructure.Persistence.PostgreSql;

internal sealed class PostgreSqlErrors : IDatabaseErrors
{
    public string? BrokenConstraint(Exception exception) =>
        (exception as PostgresException ?? exception.InnerException as PostgresException)?.ConstraintName;

    public bool IsRefusal(Exception exception) => exception is PostgresException;

    public string? WhyUnusable(Exception exception) =>
        exception.GetBaseException() is SocketException or TimeoutException ? exception.GetBaseException().Message : null;
}
