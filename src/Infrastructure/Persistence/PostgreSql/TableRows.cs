using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Npgsql;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>The statements that write rows of one table, from how the model maps it. A row is what a context tracks, or an object that it doesn't.</summary>
internal sealed class TableRows
{
    private static readonly NpgsqlCommand Parameters = new();

    private readonly string _table;
    private readonly Column[] _columns;
    private readonly string _insert;

    private TableRows(IEntityType type)
    {
        _table = Quote(type.GetTableName()!);
        _columns = [.. type.GetFlattenedProperties().Where(property => !property.ValueGenerated.HasFlag(ValueGenerated.OnUpdate)).Select(property => new Column(property))];
        _insert = $"INSERT INTO {_table} ({string.Join(", ", _columns.Select(column => column.Name))}) VALUES ";
    }

    /// <summary>Of a type of the model that has a table of its own.</summary>
    public static TableRows Of(IEntityType type) => type.GetOrAddRuntimeAnnotationValue(nameof(TableRows), static key => new TableRows(key!), type);

    /// <summary>Adds rows. PostgreSQL adds them, and returns what it made of those that are tracked, in the order in which they are given.</summary>
    public RowsInsert Insert(IReadOnlyList<object> rows)
    {
        var (sql, command, made) = (new StringBuilder(_insert), new NpgsqlBatchCommand(), new List<Column>());
        for (var row = 0; row < rows.Count; row++)
        {
            sql.Append(row == 0 ? "(" : "), (");
            for (var place = 0; place < _columns.Length; place++)
            {
                var column = _columns[place];
                sql.Append(place == 0 ? "" : ", ");
                if (!column.IsMadeFor(rows[row]))
                {
                    Append(sql, command, column, column.ValueIn(rows[row]));
                    continue;
                }

                sql.Append(column.Made);
                if (rows[row] is IUpdateEntry && !made.Contains(column))
                {
                    made.Add(column);
                }
            }
        }

        sql.Append(')');
        if (made.Count > 0)
        {
            sql.Append(" RETURNING ").AppendJoin(", ", made.Select(column => column.Name));
        }

        command.CommandText = sql.ToString();
        return new RowsInsert(command, rows, [.. made.Select(column => column.Property)]);
    }

    /// <summary>Changes a row, if it is as it was read; null when no column of it changes.</summary>
    public NpgsqlBatchCommand? Update(IUpdateEntry row)
    {
        var (sql, command) = (new StringBuilder($"UPDATE {_table} SET "), new NpgsqlBatchCommand());
        foreach (var column in _columns.Where(column => row.IsModified(column.Property)))
        {
            sql.Append(command.Parameters.Count == 0 ? "" : ", ").Append(column.Name).Append(" = ");
            Append(sql, command, column, row.GetCurrentValue(column.Property));
        }

        if (command.Parameters.Count == 0)
        {
            return null;
        }

        return AsRead(row, sql, command);
    }

    /// <summary>Removes rows of a table that has an id for a key and counts no versions.</summary>
    public NpgsqlBatchCommand Delete(IReadOnlyList<IUpdateEntry> rows)
    {
        var id = _columns.Single(column => column.Property.IsPrimaryKey());
        var command = new NpgsqlBatchCommand($"DELETE FROM {_table} WHERE {id.Name} = ANY($1)");
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => (long)row.GetOriginalValue(id.Property)!)] });
        return command;
    }

    private NpgsqlBatchCommand AsRead(IUpdateEntry row, StringBuilder sql, NpgsqlBatchCommand command)
    {
        var isFirst = true;
        foreach (var column in _columns.Where(column => column.Property.IsPrimaryKey() || column.Property.IsConcurrencyToken))
        {
            sql.Append(isFirst ? " WHERE " : " AND ").Append(column.Name).Append(" = ");
            Append(sql, command, column, row.GetOriginalValue(column.Property));
            isFirst = false;
        }

        command.CommandText = sql.ToString();
        return command;
    }

    private static void Append(StringBuilder sql, NpgsqlBatchCommand command, Column column, object? value)
    {
        command.Parameters.Add((NpgsqlParameter)column.Mapping.CreateParameter(Parameters, "", value, column.Property.IsNullable));
        sql.Append(CultureInfo.InvariantCulture, $"${command.Parameters.Count}");
    }

    private static string Quote(string name) => $"\"{name}\"";

    private sealed class Column(IProperty property)
    {
        private readonly bool _isMade = property.ValueGenerated.HasFlag(ValueGenerated.OnAdd);
        private readonly object? _unset = property.Sentinel;

        public IProperty Property { get; } = property;

        public string Name { get; } = Quote(property.GetColumnName());

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
