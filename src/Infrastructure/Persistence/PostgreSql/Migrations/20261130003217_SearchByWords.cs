using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Infrastructure.Persistence.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class SearchByWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_products_search_text",
                table: "products");

            migrationBuilder.CreateTable(
                name: "product_words",
                columns: table => new
                {
                    word = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    rank = table.Column<short>(type: "smallint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    product_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product_words", x => new { x.word, x.rank, x.created_at, x.product_id });
                });

            migrationBuilder.CreateTable(
                name: "search_letters",
                columns: table => new
                {
                    letter = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "search_words",
                columns: table => new
                {
                    word = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateIndex(
                name: "ix_search_words_word",
                table: "search_words",
                column: "word");

            migrationBuilder.Sql(PostgreSqlSearchSchema.Terms);
            migrationBuilder.Sql(PostgreSqlSearchSchema.Rank);
            migrationBuilder.Sql(PostgreSqlSearchSchema.Words);
            migrationBuilder.Sql(PostgreSqlSearchSchema.Triggers);
            migrationBuilder.Sql(PostgreSqlSearchSchema.Refill);
            migrationBuilder.Sql(PostgreSqlSearchSchema.Fill);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(PostgreSqlSearchSchema.Drop);

            migrationBuilder.DropTable(
                name: "product_words");

            migrationBuilder.DropTable(
                name: "search_letters");

            migrationBuilder.DropTable(
                name: "search_words");

            migrationBuilder.CreateIndex(
                name: "ix_products_search_text",
                table: "products",
                column: "search_text",
                filter: "deleted_at IS NULL")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });
        }
    }
}
