using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Infrastructure.Persistence.Paging;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>Locks a row and reads it in one trip; the lock comes first, so that what is read is what the lock holds.</summary>
internal sealed partial class PostgreSqlRepository<T>(
    ShopDbContext db, KeysetPager pager, AutoMapper.IConfigurationProvider mapping, Subscribers subscribers) : EfRepository<T>(db, pager, mapping)
    where T : class
{
    private readonly ShopDbContext _db = db;

    public override async Task<T?> FindForUpdateAsync(ISpecification<T> specification, CancellationToken cancellationToken)
    {
        var isLocked = false;
        LockAhead(specification, row => isLocked = row is not null);
        var aggregate = await ReadAsync(specification, cancellationToken);
        return isLocked ? aggregate : null;
    }

    public override Task LockAsync(ISpecification<T> specification, CancellationToken cancellationToken)
    {
        LockAhead(specification, answered: null);
        return Task.CompletedTask;
    }

    /// <remarks>A lock as an update takes it, without the new version of the row that an update leaves.</remarks>
    private void LockAhead(ISpecification<T> specification, Action<NpgsqlDataReader?>? answered)
    {
        if (typeof(T) == typeof(Order))
        {
            subscribers.AskAhead(); // what is done to an order is nearly always told
        }

        using var command = (NpgsqlCommand)_db.Set<T>().Filter(specification).Select(_ => 1).CreateDbCommand();
        NpgsqlParameter[] parameters = [.. command.Parameters.Cast<NpgsqlParameter>()];
        command.Parameters.Clear();
        _db.Ahead.Add($"{command.CommandText} FOR NO KEY UPDATE OF {Alias().Match(command.CommandText).Groups[1].Value}", answered, parameters);
    }

    /// <summary>What a query calls the table that it begins with.</summary>
    [GeneratedRegex(@"\bFROM \S+ AS (\w+)")]
    private static partial Regex Alias();
}
