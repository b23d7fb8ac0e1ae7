using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Domain.Catalog;
using Shop.Infrastructure.Persistence.Configurations;

namespace Shop.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerDialect : Dialect
{
    /// <summary>Compares without regard to case, and sorts as people do.</summary>
    public const string Collation = "Latin1_General_100_CI_AS";

    /// <summary>Compares character by character.</summary>
    public const string Exact = "Latin1_General_100_BIN2";

    /// <summary>Where tables and sequences lie.</summary>
    public const string Schema = "dbo";

    public override string CaseInsensitive => Collation;

    public override string Alphabetical => Collation;

    public override string MinuteAfter(string moment) => $"DATEADD(minute, 1, {moment})";

    /// <remarks>A name of one word has an end that is listed.</remarks>
    public override string MislistedProducts => """
        SELECT p.id FROM products p
        WHERE p.has_words = 1 AND p.deleted_at IS NULL AND LEN(p.name) >= 3 AND p.name NOT LIKE '% %'
            AND NOT EXISTS (SELECT 1 FROM product_words w WHERE w.product_id = p.id)
        """;

    /// <remarks>sqlcmd turns it off, and a table with filtered indexes can't be made or written then.</remarks>
    public override string ScriptHead => "SET QUOTED_IDENTIFIER ON;\nGO\n\n";

    public override string Recursive => "WITH";

    public override string Quote(string column) => $"[{column}]";

    public override string SequenceSchema => Schema;

    public override void UseSequence(PropertyBuilder<long> key, string sequence) =>
        SqlServerPropertyBuilderExtensions.UseHiLo(key, sequence, Schema);

    public override string NextNumber(string prefix, string sequence) =>
        $"'{prefix}' + CAST(NEXT VALUE FOR [{Schema}].[{sequence}] AS varchar(20))";

    public override string Mean(string sum, string count) =>
        $"CAST(CASE WHEN {count} = 0 THEN 0 ELSE ROUND(CAST({sum} AS decimal(20, 4)) / {count}, 2) END AS decimal(3, 2))";

    public override string DayOf(string moment, string minutesAhead) => $"CAST(SWITCHOFFSET({moment}, {minutesAhead}) AS date)";

    public override string MonthOf(string day) => $"DATEFROMPARTS(YEAR({day}), MONTH({day}), 1)";

    public override string YearOf(string day) => $"DATEFROMPARTS(YEAR({day}), 1, 1)";

    public override string NumberOf(string day) => $"CAST(CONVERT(char(8), {day}, 112) AS bigint)";

    public override string Searchable(params string[] columns) =>
        $"LOWER({string.Join(" + ' ' + ", columns.Select(column => $"ISNULL({column}, '') COLLATE {Collation}"))})";

    public override string AppendOnly(string table) =>
        $"""
        IF OBJECT_ID('{TriggerOf(table)}', 'TR') IS NULL
            EXEC('CREATE TRIGGER {TriggerOf(table)} ON {table} INSTEAD OF UPDATE, DELETE AS THROW 50001, ''{table} is append-only'', 1;');
        """;

    public override void Complete(ModelBuilder model)
    {
        var product = model.Entity<Product>();
        product.Property<bool>(ProductWord.HasWords);
        product.HasIndex([nameof(Product.CreatedAt), nameof(Product.Id)], CatalogConfiguration.SoldOutIndex).HasDatabaseName(CatalogConfiguration.SoldOutIndex)
            .HasFilter("[deleted_at] IS NULL AND [stock] = 0");
        product.HasIndex(ProductWord.HasWords, nameof(Product.Id)).HasFilter("[deleted_at] IS NULL");

        var word = model.Entity<ProductWord>();
        word.ToTable(ProductWord.Table);
        word.HasKey(each => new { each.Word, each.ProductId });
        word.Property(each => each.Word).HasMaxLength(ProductWord.MaxLength).UseCollation(Exact);
        word.HasOne<Product>().WithMany().HasForeignKey(each => each.ProductId).OnDelete(DeleteBehavior.Cascade);
    }
}
