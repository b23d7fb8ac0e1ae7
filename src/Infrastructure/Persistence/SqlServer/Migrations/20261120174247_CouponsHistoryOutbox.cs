using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Infrastructure.Persistence.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class CouponsHistoryOutbox : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "coupon_ids",
                schema: "dbo",
                incrementBy: 10);

            migrationBuilder.CreateSequence(
                name: "order_change_ids",
                schema: "dbo",
                incrementBy: 10);

            migrationBuilder.CreateSequence(
                name: "user_address_ids",
                schema: "dbo",
                incrementBy: 10);

            migrationBuilder.AddColumn<long>(
                name: "event_sequence",
                table: "users",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "event_sequence",
                table: "reviews",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "event_sequence",
                table: "products",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "coupon_code",
                table: "orders",
                type: "nvarchar(50)",
                maxLength: 50,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "event_sequence",
                table: "orders",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<decimal>(
                name: "discount",
                table: "order_items",
                type: "decimal(12,2)",
                precision: 12,
                scale: 2,
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddColumn<long>(
                name: "event_sequence",
                table: "favorites",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "event_sequence",
                table: "categories",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "event_sequence",
                table: "carts",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "coupons",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    code = table.Column<string>(type: "nvarchar(50)", maxLength: 50, nullable: false, collation: "Latin1_General_100_CI_AS"),
                    percent = table.Column<decimal>(type: "decimal(5,2)", precision: 5, scale: 2, nullable: true),
                    amount = table.Column<decimal>(type: "decimal(12,2)", precision: 12, scale: 2, nullable: true),
                    max_uses = table.Column<int>(type: "int", nullable: true),
                    max_uses_per_user = table.Column<int>(type: "int", nullable: true),
                    min_subtotal = table.Column<decimal>(type: "decimal(12,2)", precision: 12, scale: 2, nullable: true),
                    starts_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    ends_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    used = table.Column<int>(type: "int", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    event_sequence = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_coupons", x => x.id);
                    table.CheckConstraint("ck_coupons_amount", "amount > 0");
                    table.CheckConstraint("ck_coupons_dates", "ends_at > starts_at");
                    table.CheckConstraint("ck_coupons_max_uses_per_user", "max_uses_per_user > 0");
                    table.CheckConstraint("ck_coupons_min_subtotal", "min_subtotal >= 0");
                    table.CheckConstraint("ck_coupons_percent", "[percent] > 0 AND [percent] <= 100");
                    table.CheckConstraint("ck_coupons_percent_or_amount", "([percent] IS NOT NULL AND amount IS NULL) OR ([percent] IS NULL AND amount IS NOT NULL)");
                    table.CheckConstraint("ck_coupons_used", "used >= 0 AND (max_uses IS NULL OR used <= max_uses)");
                });

            migrationBuilder.CreateTable(
                name: "order_history",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: true),
                    change = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    from_value = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    to_value = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    detail = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_history", x => x.id);
                    table.ForeignKey(
                        name: "fk_order_history_order_id",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    event_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    type = table.Column<string>(type: "nvarchar(50)", maxLength: 50, nullable: false),
                    aggregate_type = table.Column<string>(type: "nvarchar(50)", maxLength: 50, nullable: false),
                    aggregate_id = table.Column<long>(type: "bigint", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    data = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.id);
                    table.UniqueConstraint("ak_outbox_event_id", x => x.event_id);
                });

            migrationBuilder.CreateTable(
                name: "user_addresses",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    event_sequence = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    city = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    country = table.Column<string>(type: "nvarchar(2)", maxLength: 2, nullable: false),
                    line1 = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    line2 = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    postal_code = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    region = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_addresses", x => x.id);
                    table.ForeignKey(
                        name: "fk_user_addresses_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "coupon_redemptions",
                columns: table => new
                {
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    coupon_id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    redeemed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_coupon_redemptions", x => x.order_id);
                    table.ForeignKey(
                        name: "fk_coupon_redemptions_coupon_id",
                        column: x => x.coupon_id,
                        principalTable: "coupons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_coupon_redemptions_order_id",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_coupon_redemptions_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "outbox_deliveries",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    consumer = table.Column<string>(type: "nvarchar(50)", maxLength: 50, nullable: false),
                    aggregate_type = table.Column<string>(type: "nvarchar(50)", maxLength: 50, nullable: false),
                    aggregate_id = table.Column<long>(type: "bigint", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    status = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    lease_owner = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    last_error = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_deliveries", x => new { x.event_id, x.consumer });
                    table.ForeignKey(
                        name: "fk_outbox_deliveries_event_id",
                        column: x => x.event_id,
                        principalTable: "outbox",
                        principalColumn: "event_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_orders_placed_at",
                table: "orders",
                column: "placed_at",
                filter: "[status] = 'placed'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_discount",
                table: "orders",
                sql: "discount <= subtotal");

            migrationBuilder.AddCheckConstraint(
                name: "ck_order_items_discount",
                table: "order_items",
                sql: "discount >= 0 AND discount <= COALESCE(line_total, 0)");

            migrationBuilder.CreateIndex(
                name: "ix_carts_updated_at",
                table: "carts",
                column: "updated_at",
                filter: "[token_hash] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_coupon_redemptions_coupon_id_user_id",
                table: "coupon_redemptions",
                columns: new[] { "coupon_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_coupon_redemptions_user_id",
                table: "coupon_redemptions",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_coupons_created_at_id",
                table: "coupons",
                columns: new[] { "created_at", "id" },
                filter: "[deleted_at] IS NULL");

            migrationBuilder.CreateIndex(
                name: "ux_coupons_code",
                table: "coupons",
                column: "code",
                unique: true,
                filter: "[deleted_at] IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_order_history_order_id_at_id",
                table: "order_history",
                columns: new[] { "order_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_created_at_id",
                table: "outbox",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_outbox_sequence",
                table: "outbox",
                columns: new[] { "aggregate_type", "aggregate_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_deliveries_due",
                table: "outbox_deliveries",
                columns: new[] { "consumer", "next_attempt_at" },
                filter: "[status] = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_deliveries_order",
                table: "outbox_deliveries",
                columns: new[] { "consumer", "aggregate_type", "aggregate_id", "sequence" },
                filter: "[status] = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_deliveries_unfinished",
                table: "outbox_deliveries",
                column: "event_id",
                filter: "[status] <> 'done'");

            migrationBuilder.CreateIndex(
                name: "ix_user_addresses_user_id_created_at_id",
                table: "user_addresses",
                columns: new[] { "user_id", "created_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "coupon_redemptions");

            migrationBuilder.DropTable(
                name: "order_history");

            migrationBuilder.DropTable(
                name: "outbox_deliveries");

            migrationBuilder.DropTable(
                name: "user_addresses");

            migrationBuilder.DropTable(
                name: "coupons");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropIndex(
                name: "ix_orders_placed_at",
                table: "orders");

            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_discount",
                table: "orders");

            migrationBuilder.DropCheckConstraint(
                name: "ck_order_items_discount",
                table: "order_items");

            migrationBuilder.DropIndex(
                name: "ix_carts_updated_at",
                table: "carts");

            migrationBuilder.DropColumn(
                name: "event_sequence",
                table: "users");

            migrationBuilder.DropColumn(
                name: "event_sequence",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "event_sequence",
                table: "products");

            migrationBuilder.DropColumn(
                name: "coupon_code",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "event_sequence",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "discount",
                table: "order_items");

            migrationBuilder.DropColumn(
                name: "event_sequence",
                table: "favorites");

            migrationBuilder.DropColumn(
                name: "event_sequence",
                table: "categories");

            migrationBuilder.DropColumn(
                name: "event_sequence",
                table: "carts");

            migrationBuilder.DropSequence(
                name: "coupon_ids",
                schema: "dbo");

            migrationBuilder.DropSequence(
                name: "order_change_ids",
                schema: "dbo");

            migrationBuilder.DropSequence(
                name: "user_address_ids",
                schema: "dbo");
        }
    }
}
