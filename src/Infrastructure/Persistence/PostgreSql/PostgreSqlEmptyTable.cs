namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>Fills a table that is empty: half the time of filling one that is in use.</summary>
internal static class PostgreSqlEmptyTable
{
    /// <summary>
    /// Takes an empty table for this transaction alone, with new files, which the server then writes without logging them (where
    /// wal_level is minimal), and without its indexes, until <see cref="RestoreIndexes"/> builds them at once. Does nothing when there are
    /// rows, when anybody uses the table at this moment, or when the role may not: waiting for it here, with rows locked, would be a deadlock.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="withKey">Whether its primary key goes too, which nothing may refer to; other unique indexes stay.</param>
    public static string Take(string table, bool withKey = false) => $"""
        CREATE TEMP TABLE IF NOT EXISTS backfill_indexes (definition text NOT NULL) ON COMMIT DROP;
        DO $$
        DECLARE
            index record;
        BEGIN
            IF EXISTS (SELECT FROM {table}) THEN
                RETURN;
            END IF;
            LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE NOWAIT;
            IF EXISTS (SELECT FROM {table}) THEN
                RAISE lock_not_available;
            END IF;
            TRUNCATE {table};
            FOR index IN
                SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
                WHERE indrelid = '{table}'::regclass AND NOT indisunique
            LOOP
                INSERT INTO backfill_indexes VALUES (index.definition);
                EXECUTE 'DROP INDEX ' || index.name;
            END LOOP;
            FOR index IN
                SELECT conname AS name, format('ALTER TABLE {table} ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid)) AS definition
                FROM pg_constraint WHERE conrelid = '{table}'::regclass AND contype = 'p' AND {withKey}
            LOOP
                INSERT INTO backfill_indexes VALUES (index.definition);
                EXECUTE format('ALTER TABLE {table} DROP CONSTRAINT %I', index.name);
            END LOOP;
        EXCEPTION
            WHEN lock_not_available OR insufficient_privilege OR feature_not_supported OR object_in_use THEN NULL;
        END $$
        """;

    /// <summary>Builds what was taken away.</summary>
    public const string RestoreIndexes = """
        DO $$
        DECLARE
            index record;
        BEGIN
            FOR index IN DELETE FROM backfill_indexes RETURNING definition LOOP
                EXECUTE index.definition;
            END LOOP;
        END $$
        """;
}
