namespace Shop.Bench.Machine;

/// <summary>Writes a catalog straight into the shop's tables, so that its audit finds nothing to say about it.</summary>
internal static class CatalogSql
{
    private const string Opening = "timestamptz '2026-01-01 00:00:00+00'";

    /// <summary>To be run in this order, each on its own or all on one connection.</summary>
    public static IEnumerable<string> Statements(Catalog catalog)
    {
        yield return Functions;
        yield return People;
        yield return Categories;
        yield return DropIndexes;
        yield return Products(catalog);
        yield return RestoreIndexes;
        yield return "SELECT refill_product_words()";
        yield return StockMovements;
        yield return Reviews;
        yield return $"""
            SELECT setval('product_ids', {catalog.Products} / 10 * 10 + 11), setval('category_ids', {Catalog.Categories} + 11),
                setval('user_ids', 10001), setval('review_ids', coalesce(max(id), 0) / 10 * 10 + 11) FROM reviews;
            DROP SCHEMA bench CASCADE
            """;
    }

    /// <summary>Chance from 0 to below 1, the same for the same product and slot; a word by chance, the first ones more often.</summary>
    private static string Functions => $"""
        CREATE SCHEMA bench;
        CREATE FUNCTION bench.chance(i bigint, slot int) RETURNS float8 IMMUTABLE LANGUAGE sql RETURN
            (hashint8extended(i, slot) & 1073741823) / 1073741824.0::float8;
        CREATE FUNCTION bench.nth(k int) RETURNS text IMMUTABLE LANGUAGE sql RETURN
            substr('{Catalog.Syllables[0]}', 1 + 2 * (k % 10), 2) || substr('{Catalog.Syllables[1]}', 1 + 2 * (k / 10 % 10), 2)
            || substr('{Catalog.Syllables[2]}', 1 + 2 * (k / 100), 2);
        CREATE FUNCTION bench.word(i bigint, slot int) RETURNS text IMMUTABLE LANGUAGE sql RETURN
            bench.nth(floor({Catalog.Words} * bench.chance(i, slot) ^ 2)::int);
        CREATE FUNCTION bench.reviews(i bigint) RETURNS int IMMUTABLE LANGUAGE sql RETURN
            CASE WHEN i % 4 = 0 THEN 1 + floor(3 * bench.chance(i, 90))::int ELSE 0 END;
        CREATE FUNCTION bench.rating(i bigint, nth int) RETURNS int IMMUTABLE LANGUAGE sql RETURN 1 + floor(5 * bench.chance(i, 100 + nth))::int;
        """;

    private static string People => $"""
        INSERT INTO users (id, username, version, created_at, updated_at)
        SELECT i, 'buyer-' || i, 1, {Opening}, {Opening} FROM generate_series({Catalog.FirstBuyer}, {Catalog.FirstBuyer + Catalog.Buyers - 1}) i;
        INSERT INTO accounts (id, email_confirmed, password_hash, security_stamp, concurrency_stamp)
        SELECT i, false, '{Catalog.PasswordHash}', md5(i::text), md5(i::text)
        FROM generate_series({Catalog.FirstBuyer}, {Catalog.FirstBuyer + Catalog.Buyers - 1}) i
        """;

    private static string Categories => $"""
        INSERT INTO categories (id, name, parent_id, version, created_at, updated_at)
        SELECT i, initcap(bench.nth(i::int * 7)) || ' ' || i, NULL, 1, {Opening}, {Opening} FROM generate_series(1, {Catalog.Categories}) i
        """;

    /// <summary>A million rows go into indexes many times faster at once than one by one.</summary>
    private const string DropIndexes = """
        CREATE TABLE bench.indexes AS
        SELECT indexname, indexdef FROM pg_indexes
        WHERE schemaname = 'public' AND tablename = 'products' AND indexname NOT IN (SELECT conname FROM pg_constraint);
        DO $$ DECLARE name text; BEGIN
            FOR name IN SELECT indexname FROM bench.indexes LOOP EXECUTE format('DROP INDEX %I', name); END LOOP;
        END $$
        """;

    private const string RestoreIndexes = """
        SET maintenance_work_mem = '256MB';
        DO $$ DECLARE definition text; BEGIN
            FOR definition IN SELECT indexdef FROM bench.indexes LOOP EXECUTE definition; END LOOP;
        END $$
        """;

    /// <summary>Foreign keys are right by construction; checking them row by row would cost more than the rows.</summary>
    private static string Products(Catalog catalog) => $"""
        SET session_replication_role = replica;
        INSERT INTO products (id, sku, name, description, price, category_id, stock, seller_id, rating_sum, review_count, units_sold, version, created_at, updated_at)
        SELECT i, 'SKU-' || lpad(i::text, 7, '0'),
            initcap(bench.word(i, 1) || ' ' || bench.word(i, 2)) || ' ' || bench.word(i, 3),
            initcap(bench.word(i, 4)) || ' ' || concat_ws(' ', {string.Join(", ", Enumerable.Range(5, 11).Select(slot => $"bench.word(i, {slot})"))}) || '.',
            round((1 + 499 * bench.chance(i, 80))::numeric, 2), 1 + floor({Catalog.Categories} * bench.chance(i, 81))::bigint, {catalog.Stock}, NULL,
            (SELECT coalesce(sum(bench.rating(i, n)), 0) FROM generate_series(1, bench.reviews(i)) n), bench.reviews(i), 0, 1,
            {Opening} + i * interval '1 second', {Opening} + i * interval '1 second'
        FROM generate_series(1::bigint, {catalog.Products}) i
        """;

    private const string StockMovements = """
        SET session_replication_role = replica;
        INSERT INTO stock_movements (product_id, delta, reason, created_at)
        SELECT id, stock, 'listed', created_at FROM products WHERE stock > 0 ORDER BY id
        """;

    private static string Reviews => $"""
        SET session_replication_role = replica;
        INSERT INTO reviews (id, product_id, user_id, rating, comment, version, created_at, updated_at)
        SELECT row_number() OVER (), i, {Catalog.FirstBuyer} - 1 + n, bench.rating(i, n), bench.word(i, 110 + n), 1, {Opening}, {Opening}
        FROM products p, LATERAL (SELECT p.id AS i) product, LATERAL generate_series(1, bench.reviews(i)) n
        ORDER BY i, n
        """;
}
