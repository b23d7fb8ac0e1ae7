using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.Infrastructure.Persistence.SqlServer;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>Lets the database refuse some statements of one kind, once a test says so.</summary>
/// <param name="kind">What their text contains, in PostgreSQL's words without quotes.</param>
/// <param name="count">How many are refused.</param>
internal sealed class FailingStatements(string kind, int count) : DbCommandInterceptor
{
    private int _left;

    /// <summary>How many are still to be refused.</summary>
    public int Left => Volatile.Read(ref _left);

    /// <summary>From now on.</summary>
    public void Begin() => Volatile.Write(ref _left, count);

    /// <summary>Lets a shop's database be so.</summary>
    public void AddTo(IServiceCollection services) => services
        .ConfigureDbContext<PostgreSqlShopDbContext>(options => options.AddInterceptors(this))
        .ConfigureDbContext<SqlServerShopDbContext>(options => options.AddInterceptors(this));

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Refuse(command);
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Refuse(command);
        return new(result);
    }

    private void Refuse(DbCommand command)
    {
        var text = command.CommandText.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        if (text.Contains(kind, StringComparison.Ordinal) && Left > 0)
        {
            Interlocked.Decrement(ref _left);
            throw new InvalidOperationException("The database is away.");
        }
    }
}
