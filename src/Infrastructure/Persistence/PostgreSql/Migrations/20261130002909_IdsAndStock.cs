using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Infrastructure.Persistence.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class IdsAndStock : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterTable(
                name: "products")
                .Annotation("Npgsql:StorageParameter:fillfactor", 90);

            migrationBuilder.AlterSequence(
                name: "order_ids",
                incrementBy: 100,
                oldIncrementBy: 10);

            migrationBuilder.AlterSequence(
                name: "order_change_ids",
                incrementBy: 100,
                oldIncrementBy: 10);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterTable(
                name: "products")
                .OldAnnotation("Npgsql:StorageParameter:fillfactor", 90);

            migrationBuilder.AlterSequence(
                name: "order_ids",
                incrementBy: 10,
                oldIncrementBy: 100);

            migrationBuilder.AlterSequence(
                name: "order_change_ids",
                incrementBy: 10,
                oldIncrementBy: 100);
        }
    }
}
