namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// From a staged catalog to products and categories, in the order of these members. Staged rows meet the catalog once, in
/// <see cref="FindKnown"/>; from there on they go by their line and the product's id. Products are locked by id, and only those that change.
/// </summary>
internal static class PostgreSqlCatalog
{
    /// <summary>
    /// What goes into an index of words or their parts is put in order by so much at once: in twice the pieces it costs twice as much. Names
    /// of categories compare by bytes until they meet the catalog.
    /// </summary>
    public const string Stage = """
        SET LOCAL work_mem = '64MB';
        SET LOCAL maintenance_work_mem = '64MB';
        SET LOCAL gin_pending_list_limit = '64MB';
        SET LOCAL max_parallel_maintenance_workers = 0;
        SET LOCAL jit = off;
        CREATE TEMP TABLE backfill_rows (
            line bigint NOT NULL, sku text COLLATE case_insensitive NOT NULL, name text NOT NULL, description text, cents bigint NOT NULL,
            category text COLLATE "C", image_url text, stock int) ON COMMIT DROP
        """;

    public const string Copy =
        "COPY backfill_rows (line, sku, name, description, cents, category, image_url, stock) FROM STDIN (FORMAT BINARY)";

    /// <summary>Of the same SKU twice, the last row counts.</summary>
    public const string RemoveRepeated = """
        DELETE FROM backfill_rows
        WHERE line IN (
            SELECT line FROM (SELECT line, lead(line) OVER (PARTITION BY sku ORDER BY line) AS later FROM backfill_rows) repeated
            WHERE later IS NOT NULL)
        """;

    public const string Products = "SELECT count(*) FROM backfill_rows";

    /// <summary>A name means the topmost category that has it, as everywhere; one that is new is made at the top.</summary>
    public const string InsertCategories = """
        CREATE TEMP TABLE backfill_names ON COMMIT DROP AS
        SELECT category AS name, min(line) AS line FROM backfill_rows WHERE category IS NOT NULL GROUP BY category;
        INSERT INTO categories (id, name, parent_id, version, created_at, updated_at)
        SELECT nextval('category_ids'), name, NULL, 1, @now, @now
        FROM (
            SELECT (array_agg(name ORDER BY line))[1] COLLATE case_insensitive AS name
            FROM backfill_names
            GROUP BY name COLLATE case_insensitive ORDER BY min(line)) wanted
        WHERE NOT EXISTS (SELECT FROM categories known WHERE known.name = wanted.name)
        ON CONFLICT (name) WHERE parent_id IS NULL DO NOTHING;
        CREATE TEMP TABLE backfill_categories ON COMMIT DROP AS
        SELECT DISTINCT ON (wanted.name) wanted.name, known.id
        FROM backfill_names wanted JOIN categories known ON known.name = wanted.name COLLATE case_insensitive
        ORDER BY wanted.name, coalesce(known.parent_id, 0), known.id
        """;

    /// <summary>The product of each row that has one, and whether it differs.</summary>
    public const string FindKnown = $"""
        CREATE TEMP TABLE backfill_known (line bigint NOT NULL, id bigint NOT NULL, differs boolean NOT NULL) ON COMMIT DROP;
        CREATE TEMP TABLE backfill_made (id bigint NOT NULL, stock int NOT NULL) ON COMMIT DROP;
        {MatchRows}
        """;

    public const string InsertProducts = """
        WITH made AS (
            INSERT INTO products (id, sku, name, description, price, category_id, image_url, stock, rating_sum, review_count, units_sold,
                version, created_at, updated_at)
            SELECT nextval('product_ids'), sku, name, description, price, category_id, image_url, coalesce(stock, 0), 0, 0, 0, 1, @now, @now
            FROM (
                SELECT wanted.*, wanted.cents * 0.01 AS price, category.id AS category_id
                FROM backfill_rows wanted LEFT JOIN backfill_categories category ON category.name = wanted.category
                WHERE NOT EXISTS (SELECT FROM backfill_known known WHERE known.line = wanted.line)
                ORDER BY line) wanted
            ON CONFLICT (sku) WHERE deleted_at IS NULL DO NOTHING
            RETURNING id, stock)
        INSERT INTO backfill_made SELECT id, stock FROM made
        """;

    /// <summary>Products of rows that had none when <see cref="FindKnown"/> looked, and that somebody else has made since.</summary>
    public const string FindRivals = $"""
        {MatchRows}
            AND NOT EXISTS (SELECT FROM backfill_known known WHERE known.line = wanted.line)
            AND NOT EXISTS (SELECT FROM backfill_made made WHERE made.id = product.id)
        """;

    /// <summary>What is edited after this statement by somebody else counts as edited after the load.</summary>
    public const string LockProducts = """
        ANALYZE backfill_known;
        CREATE TEMP TABLE backfill_locked (line bigint NOT NULL, id bigint NOT NULL) ON COMMIT DROP;
        INSERT INTO backfill_locked
        SELECT known.line, product.id FROM products product JOIN backfill_known known ON known.id = product.id
        WHERE product.deleted_at IS NULL AND known.differs
        ORDER BY product.id FOR NO KEY UPDATE OF product;
        ANALYZE backfill_locked
        """;

    public const string NoteRecounted = """
        INSERT INTO stock_movements (product_id, delta, reason, created_at)
        SELECT product.id, wanted.stock - product.stock, 'recounted', @now
        FROM backfill_locked locked JOIN backfill_rows wanted USING (line) JOIN products product USING (id)
        WHERE wanted.stock <> product.stock
        """;

    public const string UpdateProducts = """
        UPDATE products product SET name = wanted.name, price = wanted.cents * 0.01,
            description = CASE WHEN @has_description THEN wanted.description ELSE product.description END,
            image_url = CASE WHEN @has_image_url THEN wanted.image_url ELSE product.image_url END,
            category_id = CASE
                WHEN @has_category AND (SELECT known.name FROM categories known WHERE known.id = product.category_id)
                    IS DISTINCT FROM wanted.category COLLATE case_insensitive THEN category.id
                ELSE product.category_id END,
            stock = coalesce(wanted.stock, product.stock), version = version + 1, updated_at = @now
        FROM backfill_locked locked JOIN backfill_rows wanted USING (line)
            LEFT JOIN backfill_categories category ON category.name = wanted.category
        WHERE locked.id = product.id
        """;

    public const string NoteListed = """
        INSERT INTO stock_movements (product_id, delta, reason, created_at)
        SELECT id, stock, 'listed', @now FROM backfill_made WHERE stock > 0
        """;

    /// <summary>Leaves nothing to be put in order for those who search or write next.</summary>
    public const string CleanPending = """
        DO $$ BEGIN
            PERFORM gin_clean_pending_list(each.indexrelid)
            FROM pg_index each JOIN pg_class class ON class.oid = each.indexrelid JOIN pg_am method ON method.oid = class.relam
            WHERE each.indrelid = 'products'::regclass AND method.amname = 'gin';
        EXCEPTION WHEN insufficient_privilege THEN NULL;
        END $$
        """;

    /// <summary>
    /// What the planner knows of a catalog that has become another one. Knowing nothing, it takes almost all products for withdrawn, and reads
    /// and sorts the rest of the catalog for each page, until the server gets round to it. A role that may not is only warned.
    /// </summary>
    public const string Analyze = "ANALYZE products, stock_movements";

    /// <summary>A product stays in a deeper category of the name, which a file can't tell from the topmost.</summary>
    private const string MatchRows = """
        INSERT INTO backfill_known
        SELECT wanted.line, product.id, (wanted.name <> product.name COLLATE "C" OR wanted.cents * 0.01 <> product.price
            OR wanted.stock <> product.stock
            OR (@has_description AND wanted.description IS DISTINCT FROM product.description)
            OR (@has_image_url AND wanted.image_url IS DISTINCT FROM product.image_url)
            OR (@has_category AND current.name IS DISTINCT FROM wanted.category COLLATE case_insensitive)) IS TRUE
        FROM backfill_rows wanted
        JOIN products product ON product.sku = wanted.sku
        LEFT JOIN categories current ON current.id = product.category_id
        WHERE product.deleted_at IS NULL
        """;
}
