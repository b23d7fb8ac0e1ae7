using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Infrastructure.Persistence.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class SoldOutAndCategoryOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_sold_out",
                table: "products",
                type: "boolean",
                nullable: false,
                computedColumnSql: "stock = 0",
                stored: true);

            migrationBuilder.CreateIndex(
                name: "ix_products_category_id_rating_review_count_id_price",
                table: "products",
                columns: new[] { "category_id", "rating", "review_count", "id", "price" },
                filter: "\"deleted_at\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_products_category_id_units_sold_id",
                table: "products",
                columns: new[] { "category_id", "units_sold", "id" },
                filter: "\"deleted_at\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_products_sold_out",
                table: "products",
                columns: new[] { "created_at", "id" },
                filter: "deleted_at IS NULL AND is_sold_out");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_products_category_id_rating_review_count_id_price",
                table: "products");

            migrationBuilder.DropIndex(
                name: "ix_products_category_id_units_sold_id",
                table: "products");

            migrationBuilder.DropIndex(
                name: "ix_products_sold_out",
                table: "products");

            migrationBuilder.DropColumn(
                name: "is_sold_out",
                table: "products");
        }
    }
}
