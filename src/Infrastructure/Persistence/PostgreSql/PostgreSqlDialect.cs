using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Domain.Carts;
using Shop.Domain.Catalog;
using Shop.Domain.Users;
using Shop.Infrastructure.Persistence.Configurations;

namespace Shop.Infrastructure.Persistence.PostgreSql;

internal sealed class PostgreSqlDialect : Dialect
{
    private const string RootCollation = "und-x-icu";
    private const string Exact = "C";
    private const string IsSoldOut = "IsSoldOut";

    public override string CaseInsensitive => "case_insensitive";

    public override string Alphabetical => RootCollation;

    public override string MinuteAfter(string moment) => $"{moment} + interval '1 minute'";

    public override string Recursive => "WITH RECURSIVE";

    public override string Quote(string column) => $"\"{column}\"";

    public override void UseSequence(PropertyBuilder<long> key, string sequence) =>
        NpgsqlPropertyBuilderExtensions.UseHiLo(key, sequence);

    public override string NextNumber(string prefix, string sequence) => $"'{prefix}' || nextval('{sequence}')";

    public override string Mean(string sum, string count) =>
        $"CASE WHEN {count} = 0 THEN 0 ELSE round({sum}::numeric / {count}, 2) END";

    public override string DayOf(string moment, string minutesAhead) =>
        $"CAST({moment} AT TIME ZONE 'UTC' + {minutesAhead} * INTERVAL '1 minute' AS date)";

    public override string MonthOf(string day) => $"CAST(date_trunc('month', CAST({day} AS timestamp)) AS date)";

    public override string YearOf(string day) => $"CAST(date_trunc('year', CAST({day} AS timestamp)) AS date)";

    /// <summary>The groups fit into this memory, and further processes or compiled code take longer to start than they save.</summary>
    public override string SettingsForSums =>
        "SET LOCAL work_mem = '32MB'; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off";

    /// <remarks>Sums of hashes say whether two sets of words are the same.</remarks>
    public override string MislistedProducts => """
        SELECT coalesce(wanted.id, found.id) AS id FROM (
            SELECT product.id, sum(hashtextextended(term.word, term.rank)) AS words
            FROM products product CROSS JOIN LATERAL (
                SELECT word, max(rank) AS rank FROM product_terms(product.name, product.sku, product.search_text) GROUP BY word) term
            WHERE product.deleted_at IS NULL GROUP BY product.id) wanted
        FULL JOIN (SELECT product_id AS id, sum(hashtextextended(word, rank)) AS words FROM product_words GROUP BY product_id) found
            ON found.id = wanted.id
        WHERE wanted.words IS DISTINCT FROM found.words
        UNION
        SELECT product_id FROM product_words listed JOIN products product ON product.id = listed.product_id
        WHERE listed.created_at <> product.created_at OR NOT EXISTS (SELECT FROM search_words known WHERE known.word = listed.word)
        """;

    public override string NumberOf(string day) => $"CAST(to_char({day}, 'YYYYMMDD') AS bigint)";

    public override string Searchable(params string[] columns) =>
        $"lower(({string.Join(" || ' ' || ", columns.Select(column => $"coalesce({column}, '')"))}) COLLATE \"{RootCollation}\")";

    /// <remarks>Nodes that start at once wait for each other.</remarks>
    public override string AppendOnly(string table) =>
        $"""
        DO $do$
        BEGIN
            PERFORM pg_advisory_xact_lock(hashtextextended('append_only', 0));
            IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = '{TriggerOf(table)}' AND tgrelid = '{table}'::regclass) THEN
                CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $function$
                BEGIN
                    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
                END
                $function$;
                CREATE TRIGGER {TriggerOf(table)} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
            END IF;
        END
        $do$;
        """;

    public override void Complete(ModelBuilder model)
    {
        model.HasPostgresExtension("pg_trgm");
        model.HasCollation(CaseInsensitive, locale: "und-u-ks-level2", provider: "icu", deterministic: false);
        var word = model.Entity<SearchWord>();
        word.ToTable(SearchWord.Table).HasNoKey();
        word.Property(each => each.Word).UseCollation(Exact);
        word.HasIndex(each => each.Word);
        var letter = model.Entity<SearchLetter>();
        letter.ToTable(SearchLetter.Table).HasNoKey();
        letter.Property(each => each.Letter).UseCollation(Exact);
        var listed = model.Entity<ListedWord>();
        listed.ToTable(ListedWord.Table).HasKey(each => new { each.Word, each.Rank, each.CreatedAt, each.ProductId });
        listed.Property(each => each.Word).UseCollation(Exact);
        model.Entity<User>().HasIndex(UserConfiguration.SearchText).HasMethod("gin").HasOperators("gin_trgm_ops");

        // Every sale changes a product's stock: with room on its page, the new row needs no entry in any index
        var product = model.Entity<Product>();
        product.HasStorageParameter("fillfactor", 90);

        // Lines come and go by the thousand. Cut short by a vacuum, the table would look small when it is planned for, and be read as a whole when it has grown
        model.Entity<CartItem>().HasStorageParameter("vacuum_truncate", false);

        // An index that names the stock itself would have every order write into all indexes of its products (no heap-only tuple)
        EntityConfiguration.Computed(product.Property<bool>(IsSoldOut), "stock = 0");
        product.HasIndex([nameof(Product.CreatedAt), nameof(Product.Id)], CatalogConfiguration.SoldOutIndex)
            .HasDatabaseName(CatalogConfiguration.SoldOutIndex).HasFilter("deleted_at IS NULL AND is_sold_out");
    }
}
