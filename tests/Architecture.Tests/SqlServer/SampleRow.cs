using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>An entity as a server would answer it.</summary>
internal static partial class SampleRow
{
    /// <summary>The entity's columns, in the order in which a question names them.</summary>
    public static object[] Of(DbContext db, object entity, string sql)
    {
        var properties = db.Model.FindEntityType(entity.GetType())!.GetProperties().ToDictionary(property => property.GetColumnName());
        var list = sql[..sql.IndexOf("\nFROM ", StringComparison.Ordinal)];
        return [.. Columns().Matches(list).Select(column => Value(properties[column.Groups[1].Value], entity))];
    }

    private static object Value(IProperty property, object entity)
    {
        if (property.IsShadowProperty())
        {
            return property.IsNullable ? DBNull.Value : property.ClrType == typeof(string) ? "" : Activator.CreateInstance(property.ClrType)!;
        }

        var value = property.GetGetter().GetClrValue(entity);
        return (property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value) ?? DBNull.Value;
    }

    [GeneratedRegex(@"\[\w+\]\.\[(\w+)\]")]
    private static partial Regex Columns();
}
