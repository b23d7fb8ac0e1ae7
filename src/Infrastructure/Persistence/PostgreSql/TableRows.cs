using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Npgsql;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>The statements that write rows of one table, from how the model maps it. A row is what a context tracks, or an object that it doesn't.</summary>
internal sealed class TableRows
{
    private const int MaxColumns = 64;
    private static readonly NpgsqlCommand Parameters = new();

    private readonly string _table;
    private readonly Column[] _columns;

    /// <summary>Statements by what they write: a bit for each column. A table sees few of them.</summary>
    private readonly ConcurrentDictionary<(int Rows, ulong Made, bool Returns), string> _inserts = new();
    private readonly ConcurrentDictionary<(ulong Changed, bool Fails), string> _updates = new();

    private TableRows(IEntityType type)
    {
        _table = Quote(type.GetTableName()!);
        _columns = [.. type.GetFlattenedProperties().Where(property => !property.ValueGenerated.HasFlag(ValueGenerated.OnUpdate)).Select(property => new Column(property))];
        if (_columns.Length > MaxColumns)
        {
            throw new NotSupportedException($"{_table} has more than {MaxColumns} columns.");
        }
    }

    /// <summary>Of a type of the model that has a table of its own, of at most 64 columns.</summary>
    public static TableRows Of(IEntityType type) => type.GetOrAddRuntimeAnnotationValue(nameof(TableRows), static key => new TableRows(key!), type);

    /// <summary>Adds rows. PostgreSQL adds them, and returns what it made of those that are tracked, in the order in which they are given.</summary>
    /// <param name="rows">The rows; all are tracked, or none is.</param>
    public RowsInsert Insert(IReadOnlyList<object> rows)
    {
        var (command, made, isTracked) = (new NpgsqlBatchCommand(), new ulong[rows.Count], rows[0] is IUpdateEntry);
        for (var row = 0; row < rows.Count; row++)
        {
            for (var place = 0; place < _columns.Length; place++)
            {
                if (_columns[place].IsMadeFor(rows[row]))
                {
                    made[row] |= 1UL << place;
                }
                else
                {
                    Add(command, _columns[place], _columns[place].ValueIn(rows[row]));
                }
            }
        }

        command.CommandText = made.AsSpan().ContainsAnyExcept(made[0])
            ? InsertOf(made, isTracked)
            : _inserts.GetOrAdd((made.Length, made[0], isTracked), key => InsertOf([.. Enumerable.Repeat(key.Made, key.Rows)], key.Returns));
        return new RowsInsert(command, rows, isTracked ? [.. MadeIn(made).Select(column => column.Property)] : []);
    }

    /// <summary>Changes a row, if it is as it was read; null when no column of it changes.</summary>
    /// <param name="row">The row.</param>
    /// <param name="fails">Whether the statement fails where the row is not as it was read, instead of changing nothing.</param>
    public NpgsqlBatchCommand? Update(IUpdateEntry row, bool fails)
    {
        var (command, changed) = (new NpgsqlBatchCommand(), 0UL);
        for (var place = 0; place < _columns.Length; place++)
        {
            if (row.IsModified(_columns[place].Property))
            {
                changed |= 1UL << place;
                Add(command, _columns[place], row.GetCurrentValue(_columns[place].Property));
            }
        }

        if (changed == 0)
        {
            return null;
        }

        foreach (var column in _columns)
        {
            if (column.TellsVersion)
            {
                Add(command, column, row.GetOriginalValue(column.Property));
            }
        }

        command.CommandText = _updates.GetOrAdd((changed, fails), key => UpdateOf(key.Changed, key.Fails));
        return command;
    }

    /// <summary>Removes rows of a table that has an id for a key and counts no versions.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="fails">Whether the statement fails where any is gone.</param>
    public NpgsqlBatchCommand Delete(IReadOnlyList<IUpdateEntry> rows, bool fails)
    {
        var id = _columns.Single(column => column.Property.IsPrimaryKey());
        var ids = rows.Select((_, place) => $"${place + 1}");
        var sql = $"DELETE FROM {_table} WHERE {id.Name} IN ({string.Join(", ", ids)})"; // = ANY($1) would be planned anew for each array
        var command = new NpgsqlBatchCommand(fails ? Guards.OrFail(sql + " RETURNING 1", $"${rows.Count + 1}") : sql);
        foreach (var row in rows)
        {
            Add(command, id, row.GetOriginalValue(id.Property));
        }

        if (fails)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = rows.Count });
        }

        return command;
    }

    private string InsertOf(ulong[] made, bool returns)
    {
        var parameters = 0;
        var rows = made.Select(row => $"({string.Join(", ", _columns.Select((column, place) => Has(row, place) ? column.Made : $"${++parameters}"))})");
        var sql = $"INSERT INTO {_table} ({string.Join(", ", _columns.Select(column => column.Name))}) VALUES {string.Join(", ", rows)}";
        return returns && MadeIn(made).ToList() is { Count: > 0 } answer ? $"{sql} RETURNING {string.Join(", ", answer.Select(column => column.Name))}" : sql;
    }

    private string UpdateOf(ulong changed, bool fails)
    {
        var parameters = 0;
        var values = _columns.Where((_, place) => Has(changed, place)).Select(column => $"{column.Name} = ${++parameters}").ToList();
        var version = _columns.Where(column => column.TellsVersion).Select(column => $"{column.Name} = ${++parameters}");
        var sql = $"UPDATE {_table} SET {string.Join(", ", values)} WHERE {string.Join(" AND ", version)}";
        return fails ? Guards.OrFail(sql + " RETURNING 1") : sql;
    }

    private IEnumerable<Column> MadeIn(ulong[] made)
    {
        var any = made.Aggregate((one, other) => one | other);
        return _columns.Where((_, place) => Has(any, place));
    }

    private static bool Has(ulong columns, int place) => (columns >> place & 1) != 0;

    private static void Add(NpgsqlBatchCommand command, Column column, object? value) =>
        command.Parameters.Add((NpgsqlParameter)column.Mapping.CreateParameter(Parameters, "", value, column.Property.IsNullable));

    private static string Quote(string name) => $"\"{name}\"";

    private sealed class Column(IProperty property)
    {
        private readonly bool _isMade = property.ValueGenerated.HasFlag(ValueGenerated.OnAdd);
        private readonly object? _unset = property.Sentinel;

        public IProperty Property { get; } = property;

        public string Name { get; } = Quote(property.GetColumnName());

        /// <summary>Whether it tells which row it is, and as it was read.</summary>
        public bool TellsVersion { get; } = property.IsPrimaryKey() || property.IsConcurrencyToken;

        public RelationalTypeMapping Mapping { get; } = property.GetRelationalTypeMapping();

        /// <summary>What makes the value in the database.</summary>
        public string Made { get; } = NpgsqlPropertyExtensions.GetHiLoSequenceName(property) is { } sequence ? $"nextval('{sequence}')" : "DEFAULT";

        /// <summary>Whether the database makes the value.</summary>
        public bool IsMadeFor(object row) =>
            _isMade && (row is IUpdateEntry entry ? entry.HasTemporaryValue(Property) || !entry.HasExplicitValue(Property) : Equals(ValueIn(row), _unset));

        public object? ValueIn(object row) => row is IUpdateEntry entry ? entry.GetCurrentValue(Property) : Property.GetGetter().GetClrValue(row);
    }
}

/// <summary>A statement that adds rows.</summary>
/// <param name="Command">The statement.</param>
/// <param name="Rows">What it adds.</param>
/// <param name="Made">What the database makes of each that is tracked.</param>
internal sealed record RowsInsert(NpgsqlBatchCommand Command, IReadOnlyList<object> Rows, IReadOnlyList<IProperty> Made)
{
    /// <summary>Takes over what the database has made, and goes on to the answer of the next statement; one that makes nothing has no answer.</summary>
    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        if (Made.Count == 0)
        {
            return;
        }

        foreach (var row in Rows.Cast<IUpdateEntry>())
        {
            await reader.ReadAsync(cancellationToken);
            for (var i = 0; i < Made.Count; i++)
            {
                row.SetStoreGeneratedValue(Made[i], reader.GetValue(i));
            }
        }

        await reader.NextResultAsync(cancellationToken);
    }
}
