using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Infrastructure.Persistence.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class SearchWordsSalesYearsRefundMails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "revenue_cents",
                table: "sales_totals",
                type: "bigint",
                nullable: false,
                computedColumnSql: "CAST(revenue * 100 AS bigint)",
                stored: true);

            migrationBuilder.CreateIndex(
                name: "ix_users_erased",
                table: "users",
                column: "id",
                filter: "\"erased_at\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_users_erased",
                table: "users");

            migrationBuilder.DropColumn(
                name: "revenue_cents",
                table: "sales_totals");
        }
    }
}
