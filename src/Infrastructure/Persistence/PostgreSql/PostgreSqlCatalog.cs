namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>From a staged catalog to products and categories, in the order of these members. Products are locked by id, and only those that change.</summary>
internal static class PostgreSqlCatalog
{
    public const string Stage = """
        SET LOCAL work_mem = '64MB';
        SET LOCAL jit = off;
        CREATE TEMP TABLE backfill_rows (
            line bigint NOT NULL, sku text COLLATE case_insensitive NOT NULL, name text NOT NULL, description text, cents bigint NOT NULL,
            category text COLLATE case_insensitive, image_url text, stock int) ON COMMIT DROP
        """;

    public const string Copy =
        "COPY backfill_rows (line, sku, name, description, cents, category, image_url, stock) FROM STDIN (FORMAT BINARY)";

    /// <summary>Of the same SKU twice, the last row counts.</summary>
    public const string FindProducts = """
        CREATE TEMP TABLE backfill_products ON COMMIT DROP AS
        SELECT DISTINCT ON (sku) *, cents * 0.01 AS price FROM backfill_rows ORDER BY sku, line DESC;
        ANALYZE backfill_products
        """;

    public const string Products = "SELECT count(*) FROM backfill_products";

    /// <summary>A name means the topmost category that has it, as everywhere; one that is new is made at the top.</summary>
    public const string InsertCategories = """
        INSERT INTO categories (id, name, parent_id, version, created_at, updated_at)
        SELECT nextval('category_ids'), name, NULL, 1, @now, @now
        FROM (
            SELECT (array_agg(category ORDER BY line))[1] AS name
            FROM backfill_products WHERE category IS NOT NULL
            GROUP BY category ORDER BY min(line)) wanted
        WHERE NOT EXISTS (SELECT FROM categories known WHERE known.name = wanted.name)
        ON CONFLICT (name) WHERE parent_id IS NULL DO NOTHING;
        CREATE TEMP TABLE backfill_categories ON COMMIT DROP AS
        SELECT DISTINCT ON (name) name, id FROM categories
        WHERE name IN (SELECT category FROM backfill_products)
        ORDER BY name, coalesce(parent_id, 0), id
        """;

    public const string InsertProducts = """
        CREATE TEMP TABLE backfill_made (id bigint NOT NULL, stock int NOT NULL) ON COMMIT DROP;
        WITH made AS (
            INSERT INTO products (id, sku, name, description, price, category_id, image_url, stock, rating_sum, review_count, units_sold,
                version, created_at, updated_at)
            SELECT nextval('product_ids'), sku, name, description, price, category_id, image_url, coalesce(stock, 0), 0, 0, 0, 1, @now, @now
            FROM (
                SELECT wanted.*, category.id AS category_id
                FROM backfill_products wanted LEFT JOIN backfill_categories category ON category.name = wanted.category
                WHERE NOT EXISTS (SELECT FROM products known WHERE known.sku = wanted.sku AND known.deleted_at IS NULL)
                ORDER BY line) wanted
            ON CONFLICT (sku) WHERE deleted_at IS NULL DO NOTHING
            RETURNING id, stock)
        INSERT INTO backfill_made SELECT id, stock FROM made
        """;

    public const string NoteListed = """
        INSERT INTO stock_movements (product_id, delta, reason, created_at)
        SELECT id, stock, 'listed', @now FROM backfill_made WHERE stock > 0
        """;

    /// <summary>What is edited after this statement by somebody else counts as edited after the load.</summary>
    public const string LockProducts = $"""
        CREATE TEMP TABLE backfill_locked (id bigint NOT NULL) ON COMMIT DROP;
        INSERT INTO backfill_locked
        SELECT product.id FROM products product JOIN backfill_products wanted ON wanted.sku = product.sku
        WHERE product.deleted_at IS NULL AND ({Differs})
        ORDER BY product.id FOR NO KEY UPDATE OF product
        """;

    public const string NoteRecounted = """
        INSERT INTO stock_movements (product_id, delta, reason, created_at)
        SELECT product.id, wanted.stock - product.stock, 'recounted', @now
        FROM products product JOIN backfill_products wanted ON wanted.sku = product.sku
        WHERE product.id IN (SELECT id FROM backfill_locked) AND wanted.stock <> product.stock
        """;

    public const string UpdateProducts = $"""
        UPDATE products product SET name = wanted.name, price = wanted.price,
            description = CASE WHEN @has_description THEN wanted.description ELSE product.description END,
            image_url = CASE WHEN @has_image_url THEN wanted.image_url ELSE product.image_url END,
            category_id = CASE WHEN @has_category AND NOT ({SameCategory}) THEN category.id ELSE product.category_id END,
            stock = coalesce(wanted.stock, product.stock), version = version + 1, updated_at = @now
        FROM backfill_products wanted LEFT JOIN backfill_categories category ON category.name = wanted.category
        WHERE wanted.sku = product.sku AND product.id IN (SELECT id FROM backfill_locked)
        """;

    private const string Differs = $"""
        wanted.name <> product.name COLLATE "C" OR wanted.price <> product.price OR wanted.stock <> product.stock
            OR (@has_description AND wanted.description IS DISTINCT FROM product.description)
            OR (@has_image_url AND wanted.image_url IS DISTINCT FROM product.image_url)
            OR (@has_category AND NOT ({SameCategory}))
        """;

    /// <summary>A product stays in a deeper category of the name, which a file can't tell from the topmost.</summary>
    private const string SameCategory = """
        coalesce(
            (SELECT known.name FROM categories known WHERE known.id = product.category_id) = wanted.category,
            product.category_id IS NULL AND wanted.category IS NULL)
        """;
}
