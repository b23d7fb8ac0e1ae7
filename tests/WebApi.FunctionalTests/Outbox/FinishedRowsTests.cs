using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Infrastructure.Jobs;
using Shop.Infrastructure.Outbox;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.Infrastructure.Webhooks;
using Shop.WebApi.FunctionalTests.Support;
using Shop.WebApi.FunctionalTests.Webhooks;

namespace Shop.WebApi.FunctionalTests.Outbox;

/// <summary>What is done costs those nothing who look for what is not, however much of it there is: the pages that they read are counted.</summary>
[Parallelizable(ParallelScope.Self)]
[PostgreSqlOnly("it counts the pages of its provider")]
public sealed class FinishedRowsTests
{
    private const int Finished = 20_000;

    /// <summary>Each table of them has a few hundred.</summary>
    private const int FewPages = 100;

    private const int PurgedAtOnce = 1_000;

    [Test]
    public async Task Who_looks_for_what_waits_does_not_look_at_what_is_done()
    {
        var statements = new Statements();
        await using var receiver = await Receiver.StartAsync();
        await using var shop = await WebhookShop.StartAsync(services: statements.AddTo);
        await shop.SubscribeAsync(receiver);
        await FinishAsync(shop.Server, age: "1 hour");
        statements.Seen.Clear();

        var product = await shop.ProductAsync();
        await shop.UntilAsync(product, "status = 'done'");
        await shop.Server.Services.GetRequiredService<OutboxPurge>().RunAsync(default);
        await shop.Server.Services.GetRequiredService<WebhookPurge>().RunAsync(default);

        var looking = statements.Seen.ToArray().DistinctBy(each => each.Text).ToList();
        foreach (var kind in (string[])["UPDATE outbox_deliveries d SET lease_owner", "UPDATE webhook_deliveries d SET lease_owner", "DELETE FROM outbox ", "DELETE FROM webhook_deliveries "])
        {
            looking.ShouldContain(each => each.Text.Contains(kind, StringComparison.Ordinal), kind);
        }

        foreach (var statement in looking)
        {
            (await PagesAsync(shop.Server, statement)).ShouldBeLessThan(FewPages, statement.Text);
        }
    }

    [Test]
    public async Task What_is_done_is_forgotten_in_small_transactions()
    {
        var statements = new Statements();
        await using var shop = await WebhookShop.StartAsync(services: services =>
        {
            statements.AddTo(services);
            services.Remove(services.Single(each => each.ImplementationType == typeof(LateWorker<OutboxDispatcher>)));
            services.Remove(services.Single(each => each.ImplementationType == typeof(LateWorker<WebhookDispatcher>)));
        });
        await shop.SubscribeAsync("https://erp.invalid");
        await FinishAsync(shop.Server, age: "8 days");
        statements.Seen.Clear();

        var events = await shop.Server.Services.GetRequiredService<OutboxPurge>().RunAsync(default);
        var deliveries = await shop.Server.Services.GetRequiredService<WebhookPurge>().RunAsync(default);

        (events, deliveries).ShouldBe((Finished, Finished));
        foreach (var table in (string[])["outbox", "webhook_deliveries"])
        {
            statements.Seen.Count(each => each.Text.Contains($"DELETE FROM {table} ", StringComparison.Ordinal)).ShouldBe((Finished / PurgedAtOnce) + 1);
            (await shop.Server.ScalarAsync<long>($"SELECT count(*) FROM {table} WHERE aggregate_type = 'finished'")).ShouldBe(0);
        }
    }

    private static Task FinishAsync(ShopServer shop, string age) => shop.ExecuteAsync($"""
        INSERT INTO outbox (event_id, type, aggregate_type, aggregate_id, sequence, data, created_at)
            SELECT gen_random_uuid(), 'product.updated', 'finished', -i, 1, '{"{}"}', now() - interval '{age}' FROM generate_series(1, {Finished}) i;
        INSERT INTO outbox_deliveries (event_id, consumer, aggregate_type, aggregate_id, sequence, status, attempts, next_attempt_at, finished_at)
            SELECT event_id, 'webhooks', aggregate_type, aggregate_id, sequence, 'done', 1, created_at, created_at FROM outbox WHERE aggregate_type = 'finished';
        INSERT INTO webhook_deliveries (webhook_id, event_id, event_type, aggregate_type, aggregate_id, sequence, body, status, attempts,
                next_attempt_at, give_up_at, last_status, created_at, finished_at)
            SELECT w.id, event_id, type, aggregate_type, aggregate_id, sequence, data, 'done', 1, e.created_at, e.created_at, 200, e.created_at, e.created_at
            FROM outbox e CROSS JOIN webhooks w WHERE aggregate_type = 'finished';
        ANALYZE outbox, outbox_deliveries, webhook_deliveries
        """);

    private static async Task<long> PagesAsync(ShopServer shop, Statement statement)
    {
        await using var connection = new NpgsqlConnection(shop.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + statement.Text, connection, transaction);
        command.Parameters.AddRange(statement.Parameters);
        var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!).RootElement[0].GetProperty("Plan");
        return plan.GetProperty("Shared Hit Blocks").GetInt64() + plan.GetProperty("Shared Read Blocks").GetInt64();
    }

    private sealed record Statement(string Text, NpgsqlParameter[] Parameters);

    /// <summary>Notes what is read and written of events and their deliveries, but for what stores them.</summary>
    private sealed class Statements : DbCommandInterceptor
    {
        public ConcurrentQueue<Statement> Seen { get; } = new();

        public void AddTo(IServiceCollection services) =>
            services.ConfigureDbContext<PostgreSqlShopDbContext>(options => options.AddInterceptors(this));

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Note(command);
            return new(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Note(command);
            return new(result);
        }

        private void Note(DbCommand command)
        {
            var text = command.CommandText;
            if ((text.Contains("outbox", StringComparison.Ordinal) || text.Contains("webhook_deliveries", StringComparison.Ordinal))
                && !text.Contains("INSERT INTO", StringComparison.Ordinal) && !text.Contains("advisory", StringComparison.Ordinal))
            {
                Seen.Enqueue(new(text, [.. ((NpgsqlCommand)command).Parameters.Select(parameter => parameter.Clone())]));
            }
        }
    }
}
