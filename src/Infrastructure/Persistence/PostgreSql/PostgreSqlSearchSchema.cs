namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// What keeps <see cref="SearchWord"/> and <see cref="ListedWord"/>, in the transaction that changes a product, and asks them. A later
/// change of it is a migration with statements of its own.
/// </summary>
internal static class PostgreSqlSearchSchema
{
    /// <summary>
    /// <c>product_terms</c> says the words of a product with the place of each. Words end at the white space that texts have; what of it is left
    /// in a word does no harm, as no searched word has any. A word of more than 600 characters is listed in pieces, which overlap by more than
    /// the longest text that can be searched.
    /// </summary>
    public const string Terms = """
        CREATE FUNCTION search_spaced(searched text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
            CASE WHEN searched ~ E'[\t\n\r\u00a0]' THEN translate(searched, E'\t\n\r\u00a0', '    ') ELSE searched END;

        CREATE FUNCTION product_terms(name text, sku text, searched text) RETURNS TABLE (word text, rank smallint)
        LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 20 AS $function$
            SELECT piece COLLATE "C", (CASE
                WHEN n <= cardinality(string_to_array(search_spaced(split_part(searched, ' ', 1)), ' ')) THEN 3
                WHEN n <= cardinality(string_to_array(search_spaced(name), ' ')) THEN 2
                WHEN n <= cardinality(string_to_array(search_spaced(name || ' ' || sku), ' ')) THEN 1
                ELSE 0 END)::smallint
            FROM unnest(string_to_array(search_spaced(searched), ' ')) WITH ORDINALITY token (whole, n),
                unnest(CASE WHEN length(whole) <= 600 THEN ARRAY[whole]
                    ELSE ARRAY(SELECT substr(whole, at, 600) FROM generate_series(1, length(whole) - 200, 200) at) END) piece
            WHERE piece <> ''
        $function$;
        """;

    /// <summary>
    /// Products that come are listed by the statement, in the order of the index; what leaves or is reworded is looked up by its key. A
    /// statement that changes neither words nor the catalog, such as a sale, runs no trigger. The plans are those of the index also while
    /// the tables are too small for the planner to care, as connections keep them.
    /// </summary>
    public const string Triggers = """
        CREATE FUNCTION list_product_words() RETURNS trigger LANGUAGE plpgsql
        SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $function$
        BEGIN
            WITH terms AS MATERIALIZED (
                SELECT term.word, term.rank, product.created_at, product.id
                FROM added product CROSS JOIN LATERAL (
                    SELECT word, max(rank) AS rank FROM product_terms(product.name, product.sku, product.search_text) GROUP BY word) term
                WHERE product.deleted_at IS NULL),
            words AS (
                INSERT INTO search_words (word)
                SELECT word FROM (SELECT DISTINCT word FROM terms) used
                WHERE NOT EXISTS (SELECT FROM search_words known WHERE known.word = used.word)
                ORDER BY word
                RETURNING word),
            letters AS (
                INSERT INTO search_letters (letter)
                SELECT letter FROM (
                    SELECT letter FROM unnest(string_to_array('abcdefghijklmnopqrstuvwxyz0123456789.-', NULL)) letter
                    WHERE NOT EXISTS (SELECT FROM search_letters known WHERE known.letter = letter.letter) OFFSET 0) missing
                WHERE EXISTS (SELECT FROM words WHERE strpos(word, letter) > 0))
            INSERT INTO product_words (word, rank, created_at, product_id)
            SELECT word, rank, created_at, id FROM terms ORDER BY word, rank, created_at, id;
            RETURN NULL;
        END
        $function$;

        CREATE FUNCTION relist_product_words() RETURNS trigger LANGUAGE plpgsql
        SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $function$
        BEGIN
            IF OLD.deleted_at IS NULL THEN
                DELETE FROM product_words listed
                USING (
                    SELECT word, max(rank) AS rank FROM product_terms(OLD.name, OLD.sku, OLD.search_text) GROUP BY word) term
                WHERE listed.word = term.word AND listed.rank = term.rank AND listed.created_at = OLD.created_at AND listed.product_id = OLD.id;
            END IF;
            IF TG_OP = 'UPDATE' THEN
                IF NEW.deleted_at IS NULL THEN
                    WITH terms AS MATERIALIZED (
                        SELECT word, max(rank) AS rank FROM product_terms(NEW.name, NEW.sku, NEW.search_text) GROUP BY word),
                    words AS (
                        INSERT INTO search_words (word)
                        SELECT word FROM terms WHERE NOT EXISTS (SELECT FROM search_words known WHERE known.word = terms.word)
                        RETURNING word),
                    letters AS (
                        INSERT INTO search_letters (letter)
                        SELECT letter FROM (
                            SELECT letter FROM unnest(string_to_array('abcdefghijklmnopqrstuvwxyz0123456789.-', NULL)) letter
                            WHERE NOT EXISTS (SELECT FROM search_letters known WHERE known.letter = letter.letter) OFFSET 0) missing
                        WHERE EXISTS (SELECT FROM words WHERE strpos(word, letter) > 0))
                    INSERT INTO product_words (word, rank, created_at, product_id)
                    SELECT word, rank, NEW.created_at, NEW.id FROM terms;
                END IF;
            END IF;
            RETURN NULL;
        END
        $function$;

        CREATE TRIGGER list_product_words AFTER INSERT ON products
            REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION list_product_words();
        CREATE TRIGGER relist_product_words AFTER UPDATE OF name, sku, description, deleted_at ON products FOR EACH ROW
            WHEN (OLD.name IS DISTINCT FROM NEW.name COLLATE "C" OR OLD.sku IS DISTINCT FROM NEW.sku COLLATE "C"
                OR OLD.description IS DISTINCT FROM NEW.description OR (OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL))
            EXECUTE FUNCTION relist_product_words();
        CREATE TRIGGER unlist_product_words AFTER DELETE ON products FOR EACH ROW EXECUTE FUNCTION relist_product_words();
        """;

    /// <summary>
    /// <c>search_words_with</c> says up to so many words of the dictionary that a text is a part of; so many, and no real ones, where a sign alone
    /// would have to be looked for in all. Words that begin so are an index range. Others have its trigrams; or its characters, where one is
    /// neither a letter nor a digit of ASCII; or the trigrams of two of its letters and any third.
    /// </summary>
    /// <remarks>
    /// What waits to be put into an index is read by every search, so that little may wait. The number of words is said to the planner, which
    /// would take a list for a few rows where most words are SKUs, and sort it instead of reading its beginning.
    /// </remarks>
    public const string Words = """
        ALTER TABLE product_words ALTER COLUMN word SET (n_distinct = 1000);

        CREATE INDEX ix_search_words_parts ON search_words USING gin (word gin_trgm_ops) WITH (gin_pending_list_limit = 128);

        CREATE FUNCTION search_signs(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
            string_to_array(regexp_replace(word COLLATE "C", '[a-z0-9.-]', '', 'g'), NULL);

        CREATE INDEX ix_search_words_signs ON search_words USING gin (search_signs(word)) WITH (gin_pending_list_limit = 128) WHERE word ~ '[^a-z0-9.-]';

        CREATE FUNCTION search_words_with(part text, most int) RETURNS SETOF text LANGUAGE plpgsql STABLE ROWS 3
        SET enable_seqscan = off SET enable_indexonlyscan = off SET jit = off AS $function$
        DECLARE
            found int;
            pair text := substring(part COLLATE "C" FROM '[a-z0-9]{2}');
        BEGIN
            RETURN QUERY SELECT word FROM search_words WHERE word >= part AND word < part || chr(1114111) LIMIT most;
            GET DIAGNOSTICS found = ROW_COUNT;
            IF found >= most THEN
                RETURN;
            ELSIF part COLLATE "C" ~ '[a-z0-9]{3}' THEN
                RETURN QUERY SELECT word FROM search_words
                    WHERE word LIKE '%' || replace(replace(replace(part, '', '\'), '%', '\%'), '_', '\_') || '%' AND strpos(word, part) > 1
                    LIMIT most - found;
            ELSIF part COLLATE "C" ~ '[^a-z0-9.-]' THEN
                RETURN QUERY SELECT word FROM search_words
                    WHERE word ~ '[^a-z0-9.-]' AND search_signs(word) @> search_signs(part) AND strpos(word, part) > 1
                    LIMIT most - found;
            ELSIF pair IS NOT NULL THEN
                RETURN QUERY SELECT alike.word FROM (
                        SELECT third.word FROM unnest(string_to_array('abcdefghijklmnopqrstuvwxyz0123456789.-', NULL)) sign
                        CROSS JOIN LATERAL (
                            SELECT word FROM search_words WHERE word LIKE '%' || pair || sign || '%' AND strpos(word, part) > 1 LIMIT most - found) third
                        UNION ALL
                        (SELECT word FROM search_words WHERE word LIKE '%' || pair AND strpos(word, part) > 1 LIMIT most - found)
                        UNION ALL
                        (SELECT word FROM search_words WHERE word ~ '[^a-z0-9.-]' AND strpos(word, part) > 1 LIMIT most - found)) alike
                    LIMIT most - found;
            ELSIF NOT EXISTS (
                SELECT FROM unnest(string_to_array(part, NULL)) sign WHERE NOT EXISTS (SELECT FROM search_letters WHERE letter = sign)) THEN
                RETURN QUERY SELECT part || '?' || number FROM generate_series(1, most) number;
            END IF;
        END
        $function$;
        """;

    /// <summary><c>search_rank</c> says the best place where a product has a text, from 3 to 0; -1 where it has none.</summary>
    public const string Rank = """
        CREATE FUNCTION search_rank(searched text, name text, sku text, part text) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
            (CASE
                WHEN strpos(searched, part) = 0 THEN -1
                WHEN strpos(searched, part) < strpos(searched, ' ') THEN 3
                WHEN strpos(searched, part) <= length(lower(name COLLATE "und-x-icu")) THEN 2
                WHEN strpos(searched, part) <= length(lower(name COLLATE "und-x-icu")) + 1 + length(sku) THEN 1
                ELSE 0 END)::smallint;
        """;

    /// <summary>
    /// Lists all products anew: for products that were there before, or were loaded while triggers were off. Locks writers and searches out,
    /// and makes the index at once, which takes a fraction of the time that its rows would take one by one.
    /// </summary>
    public const string Refill = """
        CREATE FUNCTION refill_product_words() RETURNS void LANGUAGE plpgsql SET jit = off SET maintenance_work_mem = '256MB' AS $function$
        BEGIN
            LOCK TABLE products IN SHARE ROW EXCLUSIVE MODE;
            TRUNCATE product_words, search_words, search_letters;
            ALTER TABLE product_words DROP CONSTRAINT pk_product_words;
            INSERT INTO product_words (word, rank, created_at, product_id)
            SELECT term.word, term.rank, product.created_at, product.id
            FROM products product CROSS JOIN LATERAL (
                SELECT word, max(rank) AS rank FROM product_terms(product.name, product.sku, product.search_text) GROUP BY word) term
            WHERE product.deleted_at IS NULL;
            ALTER TABLE product_words ADD CONSTRAINT pk_product_words PRIMARY KEY (word, rank, created_at, product_id);
            INSERT INTO search_words (word) SELECT DISTINCT word FROM product_words ORDER BY word;
            INSERT INTO search_letters (letter)
            SELECT letter FROM unnest(string_to_array('abcdefghijklmnopqrstuvwxyz0123456789.-', NULL)) letter
            WHERE EXISTS (SELECT FROM search_words WHERE strpos(word, letter) > 0);
            ANALYZE product_words, search_words;
        END
        $function$;
        """;

    /// <summary>Lists the products that are there already.</summary>
    public const string Fill = "DO $fill$ BEGIN PERFORM refill_product_words(); END $fill$;";

    /// <summary>Takes all this back, but for the tables.</summary>
    public const string Drop = """
        DROP TRIGGER list_product_words ON products;
        DROP TRIGGER relist_product_words ON products;
        DROP TRIGGER unlist_product_words ON products;
        DROP INDEX ix_search_words_signs;
        DROP FUNCTION list_product_words, relist_product_words, refill_product_words, search_words_with, search_signs, search_rank, product_terms, search_spaced;
        """;
}
