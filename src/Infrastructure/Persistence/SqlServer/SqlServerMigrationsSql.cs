using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Update;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>Names the schema of every sequence: servers that only speak the protocol look for one nowhere else.</summary>
internal sealed class SqlServerMigrationsSql(MigrationsSqlGeneratorDependencies dependencies, ICommandBatchPreparer batches)
    : SqlServerMigrationsSqlGenerator(dependencies, batches)
{
    protected override void Generate(CreateSequenceOperation operation, IModel? model, MigrationCommandListBuilder builder)
    {
        operation.Schema ??= SqlServerDialect.Schema;
        base.Generate(operation, model, builder);
    }
}
