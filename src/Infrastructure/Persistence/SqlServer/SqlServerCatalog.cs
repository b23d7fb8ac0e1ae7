using Shop.Domain.Catalog;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>From a staged catalog to products and categories, in the order of these members; see the remarks at <see cref="SqlServerSales"/>.</summary>
internal static class SqlServerCatalog
{
    public const string Table = "[dbo].[backfill_catalog]";

    public static readonly string Stage = $"""
        CREATE TABLE {Table} (
            line bigint NOT NULL PRIMARY KEY, sku nvarchar({Product.MaxSkuLength}) COLLATE {SqlServerDialect.Collation} NOT NULL, name nvarchar({Product.MaxNameLength}) NOT NULL,
            description nvarchar(max) NULL, cents bigint NOT NULL, category nvarchar({Category.MaxNameLength}) COLLATE {SqlServerDialect.Collation} NULL,
            image_url nvarchar({Product.MaxImageUrlLength}) NULL, stock int NULL)
        """;

    /// <summary>Of the same SKU twice, the last row counts.</summary>
    public const string FindProducts = $"""
        SELECT line, sku, name, description, CAST(cents * 0.01 AS decimal(12, 2)) AS price, category, image_url, stock
        INTO #backfill_products
        FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY sku ORDER BY line DESC) AS place FROM {Table}) ranked
        WHERE place = 1;
        CREATE TABLE #backfill_locked (id bigint NOT NULL)
        """;

    public const string Products = "SELECT COUNT_BIG(*) AS [Value] FROM #backfill_products";

    /// <summary>A name means the topmost category that has it, as everywhere; one that is new is made at the top.</summary>
    public const string FindNewCategories = """
        DROP TABLE IF EXISTS #backfill_new_categories;
        DROP TABLE IF EXISTS #backfill_category_ids;
        SELECT head.category AS name, ROW_NUMBER() OVER (ORDER BY head.line) AS place
        INTO #backfill_new_categories
        FROM (SELECT category, MIN(line) AS line FROM #backfill_products WHERE category IS NOT NULL GROUP BY category) wanted
        JOIN #backfill_products head ON head.line = wanted.line
        WHERE NOT EXISTS (SELECT 1 FROM categories known WHERE known.name = wanted.category);
        CREATE TABLE #backfill_category_ids (id bigint NOT NULL);
        INSERT INTO #backfill_category_ids SELECT NEXT VALUE FOR [dbo].[category_ids] FROM #backfill_new_categories
        """;

    public const string InsertCategories = """
        INSERT INTO categories (id, name, parent_id, version, created_at, updated_at)
        SELECT numbered.id, wanted.name, NULL, 1, @now, @now
        FROM #backfill_new_categories wanted
        JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM #backfill_category_ids) numbered ON numbered.place = wanted.place
        """;

    public const string FindCategories = """
        SELECT name, id
        INTO #backfill_categories
        FROM (
            SELECT name, id, ROW_NUMBER() OVER (PARTITION BY name ORDER BY COALESCE(parent_id, 0), id) AS place
            FROM categories WHERE name IN (SELECT category FROM #backfill_products)) ranked
        WHERE place = 1
        """;

    public const string FindNewProducts = """
        DROP TABLE IF EXISTS #backfill_new_products;
        DROP TABLE IF EXISTS #backfill_product_ids;
        DROP TABLE IF EXISTS #backfill_made;
        SELECT wanted.line, ROW_NUMBER() OVER (ORDER BY wanted.line) AS place
        INTO #backfill_new_products
        FROM #backfill_products wanted
        WHERE NOT EXISTS (SELECT 1 FROM products known WHERE known.sku = wanted.sku AND known.deleted_at IS NULL);
        CREATE TABLE #backfill_product_ids (id bigint NOT NULL);
        INSERT INTO #backfill_product_ids SELECT NEXT VALUE FOR [dbo].[product_ids] FROM #backfill_new_products;
        SELECT numbered.id, made.line
        INTO #backfill_made
        FROM #backfill_new_products made
        JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM #backfill_product_ids) numbered ON numbered.place = made.place
        """;

    public const string InsertProducts = """
        INSERT INTO products (id, sku, name, description, price, category_id, image_url, stock, rating_sum, review_count, units_sold,
            has_words, version, created_at, updated_at)
        SELECT made.id, wanted.sku, wanted.name, wanted.description, wanted.price, category.id, wanted.image_url, COALESCE(wanted.stock, 0), 0, 0, 0,
            CAST(0 AS bit), 1, @now, @now
        FROM #backfill_products wanted
        JOIN #backfill_made made ON made.line = wanted.line
        LEFT JOIN #backfill_categories category ON category.name = wanted.category
        """;

    public const string NewProducts = "SELECT COUNT_BIG(*) AS [Value] FROM #backfill_made";

    public const string NoteListed = """
        INSERT INTO stock_movements (product_id, delta, reason, created_at)
        SELECT made.id, wanted.stock, 'listed', @now
        FROM #backfill_products wanted JOIN #backfill_made made ON made.line = wanted.line
        WHERE wanted.stock > 0
        """;

    public const string FindChanged = $"""
        INSERT INTO #backfill_locked
        SELECT product.id FROM products product JOIN #backfill_products wanted ON wanted.sku = product.sku
        WHERE product.deleted_at IS NULL AND product.id NOT IN (SELECT id FROM #backfill_made) AND ({Differs})
        """;

    /// <summary>What is edited after this statement by somebody else counts as edited after the load.</summary>
    public const string LockProducts = "UPDATE products SET version = version WHERE id IN (SELECT id FROM #backfill_locked)";

    public const string NoteRecounted = """
        INSERT INTO stock_movements (product_id, delta, reason, created_at)
        SELECT product.id, wanted.stock - product.stock, 'recounted', @now
        FROM products product JOIN #backfill_products wanted ON wanted.sku = product.sku
        WHERE product.id IN (SELECT id FROM #backfill_locked) AND wanted.stock <> product.stock
        """;

    public const string UpdateProducts = $"""
        UPDATE product SET name = wanted.name, price = wanted.price,
            description = CASE WHEN @has_description = 1 THEN wanted.description ELSE product.description END,
            image_url = CASE WHEN @has_image_url = 1 THEN wanted.image_url ELSE product.image_url END,
            category_id = CASE WHEN @has_category = 1 AND {OtherCategory} THEN category.id ELSE product.category_id END,
            has_words = CASE WHEN {OtherWords} THEN CAST(0 AS bit) ELSE product.has_words END,
            stock = COALESCE(wanted.stock, product.stock), version = product.version + 1, updated_at = @now
        FROM products product
        JOIN #backfill_products wanted ON wanted.sku = product.sku
        LEFT JOIN #backfill_categories category ON category.name = wanted.category
        WHERE product.id IN (SELECT id FROM #backfill_locked)
        """;

    /// <summary>The temporary tables are gone with the next use of the connection.</summary>
    public const string Clear = $"DROP TABLE {Table}";

    private const string OtherWords = $"""
        (wanted.name <> product.name COLLATE {SqlServerDialect.Exact}
            OR (@has_description = 1 AND (wanted.description <> product.description COLLATE {SqlServerDialect.Exact}
                OR (wanted.description IS NULL AND product.description IS NOT NULL) OR (wanted.description IS NOT NULL AND product.description IS NULL))))
        """;

    private const string Differs = $"""
        {OtherWords} OR wanted.price <> product.price OR wanted.stock <> product.stock
            OR (@has_image_url = 1 AND (wanted.image_url <> product.image_url COLLATE {SqlServerDialect.Exact}
                OR (wanted.image_url IS NULL AND product.image_url IS NOT NULL) OR (wanted.image_url IS NOT NULL AND product.image_url IS NULL)))
            OR (@has_category = 1 AND {OtherCategory})
        """;

    /// <summary>A product stays in a deeper category of the name, which a file can't tell from the topmost.</summary>
    private const string OtherCategory = """
        ((product.category_id IS NULL AND wanted.category IS NOT NULL) OR (product.category_id IS NOT NULL AND wanted.category IS NULL)
            OR EXISTS (SELECT 1 FROM categories known WHERE known.id = product.category_id AND known.name <> wanted.category))
        """;
}
