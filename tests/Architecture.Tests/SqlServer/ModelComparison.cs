using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>Says a database's schema in lines that mean the same for either database.</summary>
internal static class ModelComparison
{
    private static readonly Dictionary<string, string> SameType = new()
    {
        ["timestamp with time zone"] = "datetimeoffset",
        ["integer"] = "int",
        ["boolean"] = "bit",
        ["uuid"] = "uniqueidentifier",
        ["text"] = "nvarchar(max)",
        ["double precision"] = "float",
    };

    private static readonly Dictionary<string, string> SameCollation = new()
    {
        ["case_insensitive"] = "case insensitive",
        ["und-x-icu"] = "alphabetical",
        ["Latin1_General_100_CI_AS"] = "case insensitive",
    };

    /// <summary>Tables, columns, keys, indexes, checks, defaults and sequences.</summary>
    public static IReadOnlyList<string> Describe(IModel model) =>
    [
        .. model.GetSequences().Select(sequence => $"sequence {sequence.Name} from {sequence.StartValue} by {sequence.IncrementBy}"),
        .. model.GetRelationalModel().Tables.SelectMany(Describe),
    ];

    private static IEnumerable<string> Describe(ITable table)
    {
        var name = table.Name;
        foreach (var column in table.Columns)
        {
            var property = column.PropertyMappings[0].Property;
            yield return $"column {name}.{column.Name} {Type(column.StoreType, property.GetMaxLength())}{(column.IsNullable ? " null" : "")}"
                + $"{(property.IsConcurrencyToken ? " version" : "")}{(column.ComputedColumnSql is null ? "" : " computed")}{(column.IsStored == true ? " stored" : "")}";
            if (column.Collation is { } collation)
            {
                yield return $"collation {name}.{column.Name} {SameCollation.GetValueOrDefault(collation, collation)}";
            }

            if (column.DefaultValueSql is not null || column.TryGetDefaultValue(out _))
            {
                column.TryGetDefaultValue(out var value);
                yield return $"default {name}.{column.Name} {(column.DefaultValueSql is null ? value : "by SQL")}";
            }

            if (property.ValueGenerated != ValueGenerated.Never)
            {
                yield return $"generated {name}.{column.Name} {property.ValueGenerated}";
            }
        }

        foreach (var key in table.UniqueConstraints)
        {
            yield return $"key {key.Name} on {name} ({Columns(key.Columns)})";
        }

        foreach (var key in table.ForeignKeyConstraints)
        {
            yield return $"foreign key {key.Name} on {name} ({Columns(key.Columns)}) to {key.PrincipalTable.Name} ({Columns(key.PrincipalColumns)}) {key.OnDeleteAction}";
        }

        foreach (var index in table.Indexes)
        {
            yield return $"index {index.Name} on {name} ({Columns(index.Columns)}){(index.IsUnique ? " unique" : "")}"
                + $"{(index.Filter is null ? "" : " where " + Plain(index.Filter))}{Included(index)}";
        }

        foreach (var check in table.CheckConstraints)
        {
            yield return $"check {check.Name} on {name} {Plain(check.Sql)}";
        }
    }

    private static string Columns(IEnumerable<IColumn> columns) => string.Join(", ", columns.Select(column => column.Name));

    private static string Plain(string sql) => sql.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal);

    private static string Included(ITableIndex index)
    {
        var mapped = index.MappedIndexes.First();
        var included = mapped.FindAnnotation("SqlServer:Include") ?? mapped.FindAnnotation("Npgsql:IndexInclude");
        return included?.Value is string[] properties ? $" including {string.Join(", ", properties)}" : "";
    }

    private static string Type(string type, int? length) =>
        type == "bytea" || type.StartsWith("varbinary", StringComparison.Ordinal) ? $"bytes {length}"
        : SameType.TryGetValue(type, out var same) ? same
        : type.StartsWith("character varying(", StringComparison.Ordinal) ? Length("nvarchar", type)
        : type.StartsWith("numeric(", StringComparison.Ordinal) ? Length("decimal", type)
        : type;

    /// <summary>SQL Server has no lengths beyond 4,000, but max.</summary>
    private static string Length(string name, string type)
    {
        var length = type[type.IndexOf('(', StringComparison.Ordinal)..];
        return int.TryParse(length.Trim('(', ')'), out var number) && number > 4_000 ? $"{name}(max)" : name + length;
    }
}
