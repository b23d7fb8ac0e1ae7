using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Shop.Architecture.Tests.Support;
using Shop.Infrastructure;
using Shop.Infrastructure.Persistence.SqlServer;
using Shop.Infrastructure.Startup;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>The schema as <c>./run script --database SqlServer</c> prints it, statement by statement.</summary>
public sealed partial class MigrationScriptTests
{
    private const int MaxKeyBytes = 1_700;
    private const int MaxPrimaryKeyBytes = 900;

    private const string Head = "SET QUOTED_IDENTIFIER ON;";

    private static string Script { get; } = ShopDatabase.Script(DatabaseKind.SqlServer);

    [Test]
    public void It_is_T_SQL_alone() =>
        new Rule<string>(TSql.Foreign).ShouldHoldFor(
            TSql.Batches(Script),
            "CREATE TABLE [orders] ([placed_at] timestamptz NOT NULL)",
            "ALTER TABLE orders ADD CHECK (total::numeric > 0)",
            "INSERT INTO [a] VALUES (1) ON CONFLICT DO NOTHING",
            "SELECT [id] FROM [a] LIMIT 1",
            "SELECT 'a' || [name] FROM [a]");

    [Test]
    public void It_comes_in_batches_that_can_be_run_again()
    {
        var batches = TSql.Batches(Script);

        batches.Count.ShouldBeGreaterThan(1);
        batches[0].ShouldBe(Head, "sqlcmd turns it off, and filtered indexes need it");
        batches.Skip(1).ShouldAllBe(batch => batch.StartsWith("IF OBJECT_ID(", StringComparison.Ordinal) || batch.StartsWith("BEGIN TRANSACTION;", StringComparison.Ordinal) || batch.StartsWith("COMMIT;", StringComparison.Ordinal));
        batches.Count(batch => batch.Contains("COMMIT;", StringComparison.Ordinal)).ShouldBe(Migrations().Count);
        Statements().ShouldNotBeEmpty();
        Statements().Where(statement => !statement.IsGuarded).Select(statement => statement.Text).ShouldBeEmpty();
    }

    [Test]
    public void Every_name_is_quoted() =>
        new Rule<string>(statement => Made().Matches(statement).Where(made => !made.Groups["name"].Value.StartsWith('[')).Select(made => $"'{made.Value}' is not quoted"))
            .ShouldHoldFor([.. Statements().Select(statement => statement.Text)], "CREATE TABLE orders (id bigint)", "CREATE INDEX ix ON [orders] ([id])");

    [Test]
    public void Every_sequence_is_named_with_its_schema() =>
        new Rule<string>(statement => Sequences().Matches(statement).Where(found => !found.Groups["name"].Value.StartsWith("[dbo].[", StringComparison.Ordinal)).Select(found => found.Value))
            .ShouldHoldFor(
                [.. Statements().Select(statement => statement.Text).Where(statement => Sequences().IsMatch(statement))],
                "CREATE SEQUENCE [order_numbers] START WITH 1", "SELECT NEXT VALUE FOR order_numbers");

    /// <summary>Servers that only speak the protocol can do none of these; a new column beside the old one, and a copy, does the same.</summary>
    [Test]
    public void No_migration_changes_what_not_every_server_can_change() =>
        new Rule<MigrationOperation>(Refused).ShouldHoldFor(
            [.. Migrations().SelectMany(migration => migration.UpOperations)],
            new AlterColumnOperation { Table = "a", Name = "b" },
            new RenameIndexOperation { Table = "a", Name = "b", NewName = "c" },
            new RenameSequenceOperation { Name = "a", NewName = "b" },
            new DropColumnOperation { Table = "orders", Name = "number" });

    /// <summary>The server may have a database for the shop and let it make none.</summary>
    [Test]
    public async Task Migrating_an_empty_database_takes_the_lock_of_its_own_name_and_makes_no_database()
    {
        await using var shop = new OfflineShop();
        await shop.Db.Database.MigrateAsync();
        var sent = shop.Recorder.Statements;

        sent.ShouldContain(statement => statement.Contains("sp_getapplock", StringComparison.Ordinal));
        sent.ShouldContain(statement => statement.Contains("CREATE TABLE [orders]", StringComparison.Ordinal));
        sent.Where(statement => statement.Contains(" DATABASE ", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        sent.SelectMany(TSql.Foreign).ShouldBeEmpty();
    }

    /// <summary>SQL Server refuses a foreign key by which one delete would reach a table in two ways.</summary>
    [Test]
    public void No_delete_reaches_a_table_in_two_ways()
    {
        using var db = SqlServerShopDbContext.WithoutServer();
        var steps = db.Model.GetEntityTypes()
            .SelectMany(entity => entity.GetForeignKeys())
            .Where(key => key.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull && key.PrincipalEntityType.GetTableName() != key.DeclaringEntityType.GetTableName())
            .ToLookup(key => key.PrincipalEntityType.GetTableName()!, key => key.DeclaringEntityType.GetTableName()!);

        steps.ShouldNotBeEmpty();
        steps.SelectMany(from => Reached(from.Key, steps).GroupBy(table => table).Where(table => table.Count() > 1).Select(table => $"{from.Key} reaches {table.Key} twice"))
            .ShouldBeEmpty();
    }

    [Test]
    public void No_key_is_longer_than_an_index_holds()
    {
        using var db = SqlServerShopDbContext.WithoutServer();
        new Rule<(string Name, int Bytes, int Most)>(key => key.Bytes > key.Most ? [$"{key.Bytes} bytes of at most {key.Most}"] : [])
            .ShouldHoldFor(
                [
                    .. db.Model.GetEntityTypes().SelectMany(entity => entity.GetIndexes()).Select(index => (index.GetDatabaseName()!, index.Properties.Sum(Bytes), MaxKeyBytes)),
                    .. db.Model.GetEntityTypes().SelectMany(entity => entity.GetKeys()).Select(key => (key.GetName()!, key.Properties.Sum(Bytes), MaxPrimaryKeyBytes)),
                ],
                ("long", 2_000, MaxKeyBytes));
    }

    private static IEnumerable<string> Reached(string table, ILookup<string, string> steps) =>
        steps[table].SelectMany(next => Reached(next, steps).Prepend(next));

    private static int Bytes(IProperty property)
    {
        var type = property.GetColumnType();
        var length = Length().Match(type);
        return type.Contains("(max)", StringComparison.Ordinal) ? int.MaxValue / 100
            : !length.Success ? 16
            : int.Parse(length.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) * (type.StartsWith('n') ? 2 : 1);
    }

    private static IEnumerable<string> Refused(MigrationOperation operation) => operation switch
    {
        AlterColumnOperation column => [$"{column.Table}.{column.Name} is altered"],
        RenameIndexOperation index => [$"{index.Name} is renamed"],
        RenameSequenceOperation sequence => [$"{sequence.Name} is renamed"],
        DropColumnOperation column when HasDefault(column) => [$"{column.Table}.{column.Name} has a default and is dropped"],
        _ => [],
    };

    private static bool HasDefault(DropColumnOperation dropped) => Migrations()
        .SelectMany(migration => migration.UpOperations)
        .SelectMany(operation => operation is CreateTableOperation table ? table.Columns : operation is AddColumnOperation column ? [column] : [])
        .Any(column => column.Table == dropped.Table && column.Name == dropped.Name && (column.DefaultValue is not null || column.DefaultValueSql is not null));

    private static List<Migration> Migrations()
    {
        using var db = SqlServerShopDbContext.WithoutServer();
        var assembly = db.GetService<IMigrationsAssembly>();
        return [.. assembly.Migrations.Values.Select(migration => assembly.CreateMigration(migration, db.Database.ProviderName!))];
    }

    /// <summary>The statements of all batches, each with whether it runs only where its migration has not been.</summary>
    private static IEnumerable<(string Text, bool IsGuarded)> Statements() =>
        TSql.Batches(Script).Where(batch => batch != Head && !batch.StartsWith("IF OBJECT_ID(", StringComparison.Ordinal)).SelectMany(batch => Guards().Split(batch).Select(part => part.Trim()))
            .Where(part => part.Length > 0 && part is not ("BEGIN TRANSACTION;" or "COMMIT;"))
            .Select(part => (part, part.StartsWith("IF NOT EXISTS (", StringComparison.Ordinal) && part.Contains("[MigrationId] = N'", StringComparison.Ordinal)));

    [GeneratedRegex(@"(?=^IF NOT EXISTS \()|(?=^COMMIT;)", RegexOptions.Multiline)]
    private static partial Regex Guards();

    [GeneratedRegex(@"\b(?:CREATE (?:UNIQUE )?(?:TABLE|INDEX|SEQUENCE)|ALTER TABLE|CONSTRAINT|REFERENCES) (?<name>\S+)")]
    private static partial Regex Made();

    [GeneratedRegex(@"\b(?:CREATE SEQUENCE|NEXT VALUE FOR) (?<name>[^\s;)]+)")]
    private static partial Regex Sequences();

    [GeneratedRegex(@"\((\d+)\)")]
    private static partial Regex Length();
}
