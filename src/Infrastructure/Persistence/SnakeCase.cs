using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Shop.Infrastructure.Persistence;

/// <summary>Gives columns, keys and indexes the snake_case names that clients see too.</summary>
internal static class SnakeCase
{
    public static void Apply(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            var table = entity.GetTableName()!;
            var store = StoreObjectIdentifier.Table(table, entity.GetSchema());
            foreach (var property in entity.GetProperties())
            {
                if (property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
                {
                    property.SetColumnName(Convert(property.Name));
                }
            }

            foreach (var key in entity.GetKeys())
            {
                key.SetName(key.IsPrimaryKey() ? $"pk_{table}" : $"ak_{table}_{Columns(key.Properties, store)}");
            }

            foreach (var foreignKey in entity.GetForeignKeys())
            {
                if (foreignKey.FindAnnotation(RelationalAnnotationNames.Name) is null)
                {
                    foreignKey.SetConstraintName($"fk_{table}_{Columns(foreignKey.Properties, store)}");
                }
            }

            foreach (var index in entity.GetIndexes().Where(index => index.FindAnnotation(RelationalAnnotationNames.Name) is null))
            {
                index.SetDatabaseName($"ix_{table}_{Columns(index.Properties, store)}");
            }
        }
    }

    private static string Columns(IEnumerable<IMutableProperty> properties, StoreObjectIdentifier store) =>
        string.Join('_', properties.Select(property => property.GetColumnName(store)));

    private static string Convert(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
