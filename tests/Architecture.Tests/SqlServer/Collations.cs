using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Shop.Infrastructure.Persistence.SqlServer;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>Knows by which collation SQL Server compares a column: it refuses to compare two that differ, unless the statement says by which.</summary>
internal static partial class Collations
{
    private const string OfTheDatabase = "the database's own";

    private static readonly Dictionary<(string Table, string Column), string> OfTexts = Read();

    /// <summary>The comparisons of a statement that SQL Server refuses.</summary>
    public static IEnumerable<string> Conflicts(string sql)
    {
        var tables = Tables().Matches(sql)
            .SelectMany(found => new[] { (Alias: found.Groups["alias"].Value, Table: found.Groups["table"].Value), (Alias: found.Groups["table"].Value, Table: found.Groups["table"].Value) })
            .ToLookup(found => found.Alias, found => found.Table);
        return
            from compared in Comparisons().Matches(sql)
            from left in Of(compared.Groups[1].Value, compared.Groups[2].Value)
            from right in Of(compared.Groups[3].Value, compared.Groups[4].Value)
            where left != right
            select $"'{compared.Value}' compares by {left} and {right}";

        IEnumerable<string> Of(string alias, string column) =>
            tables[alias].Distinct().Select(table => OfTexts.GetValueOrDefault((table, column))).OfType<string>();
    }

    private static Dictionary<(string Table, string Column), string> Read()
    {
        using var db = SqlServerShopDbContext.WithoutServer();
        return db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.SelectMany(table => table.Columns)
            .Where(column => column.StoreType.StartsWith("nvarchar", StringComparison.Ordinal))
            .ToDictionary(column => (column.Table.Name, column.Name), column => column.Collation ?? OfTheDatabase);
    }

    [GeneratedRegex(@"\b(?:FROM|JOIN|UPDATE) \[?(?<table>\w+)\]?(?: AS)?(?: \[?(?!SET\b|WHERE\b|ON\b|ORDER\b|GROUP\b)(?<alias>\w+)\]?)?")]
    private static partial Regex Tables();

    [GeneratedRegex(@"\[?\b(\w+)\]?\.\[?(\w+)\]? (?:=|<>|<=|>=|<|>) \[?(\w+)\]?\.\[?(\w+)\b\]?(?! COLLATE)")]
    private static partial Regex Comparisons();
}
