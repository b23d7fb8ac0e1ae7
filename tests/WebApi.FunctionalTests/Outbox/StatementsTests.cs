using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Outbox;

/// <summary>What events cost the request that raises them.</summary>
[Parallelizable(ParallelScope.Self)]
[PostgreSqlOnly("it counts the statements of its provider")]
public sealed class StatementsTests
{
    [Test]
    public async Task Events_and_their_deliveries_go_with_what_they_tell_in_one_round_trip()
    {
        var statements = new Statements();
        var (mail, hooks) = (new Probe("mail") { Wants = type => type == "order.placed" }, new Probe("hooks") { Wants = _ => true });
        await using var shop = await ShopServer.StartAsync(services: services =>
        {
            services.ConfigureDbContext<PostgreSqlShopDbContext>(options => options.AddInterceptors(statements));
            mail.AddTo(services);
            hooks.AddTo(services);
        });
        var admin = await shop.AdminAsync();
        var product = await admin.ListAsync();
        statements.Seen.Clear();

        await admin.OrderAsync(product, status: "placed");

        var storing = statements.Seen.Where(text => text.Contains("INSERT INTO outbox ", StringComparison.Ordinal)).ShouldHaveSingleItem();
        storing.ShouldContain("INSERT INTO orders ");
        storing.ShouldContain("INSERT INTO order_items ");
        statements.Seen.Where(text => text.Contains("INSERT INTO outbox_deliveries ", StringComparison.Ordinal)).ShouldBe([storing]);
    }

    private sealed class Statements : DbCommandInterceptor
    {
        public ConcurrentQueue<string> Seen { get; } = new();

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Seen.Enqueue(command.CommandText);
            return new(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Seen.Enqueue(command.CommandText);
            return new(result);
        }
    }
}
