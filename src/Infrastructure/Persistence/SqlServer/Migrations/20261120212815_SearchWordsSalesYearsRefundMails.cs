using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Infrastructure.Persistence.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class SearchWordsSalesYearsRefundMails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "has_words",
                table: "products",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "revenue_cents",
                table: "sales_totals",
                type: "bigint",
                nullable: false,
                computedColumnSql: "CAST(revenue * 100 AS bigint)",
                stored: true);

            migrationBuilder.CreateTable(
                name: "product_words",
                columns: table => new
                {
                    word = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    product_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product_words", x => new { x.word, x.product_id });
                    table.ForeignKey(
                        name: "fk_product_words_product_id",
                        column: x => x.product_id,
                        principalTable: "products",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_users_erased",
                table: "users",
                column: "id",
                filter: "[erased_at] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_products_has_words_id",
                table: "products",
                columns: new[] { "has_words", "id" },
                filter: "[deleted_at] IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_product_words_product_id",
                table: "product_words",
                column: "product_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "product_words");

            migrationBuilder.DropIndex(
                name: "ix_users_erased",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_products_has_words_id",
                table: "products");

            migrationBuilder.DropColumn(
                name: "revenue_cents",
                table: "sales_totals");

            migrationBuilder.DropColumn(
                name: "has_words",
                table: "products");
        }
    }
}
