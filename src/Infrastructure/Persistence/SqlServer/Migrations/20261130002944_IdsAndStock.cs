using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Infrastructure.Persistence.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class IdsAndStock : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterSequence(
                name: "order_ids",
                schema: "dbo",
                incrementBy: 100,
                oldIncrementBy: 10);

            migrationBuilder.AlterSequence(
                name: "order_change_ids",
                schema: "dbo",
                incrementBy: 100,
                oldIncrementBy: 10);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterSequence(
                name: "order_ids",
                schema: "dbo",
                incrementBy: 10,
                oldIncrementBy: 100);

            migrationBuilder.AlterSequence(
                name: "order_change_ids",
                schema: "dbo",
                incrementBy: 10,
                oldIncrementBy: 100);
        }
    }
}
