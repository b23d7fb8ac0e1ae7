using Microsoft.Extensions.DependencyInjection;
using Shop.Infrastructure.Outbox;
using Shop.TestKit;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Outbox;

/// <summary>What tests of the outbox look at behind the API.</summary>
internal static class OutboxRows
{
    /// <summary>Names of the events of an aggregate with their sequence, in order.</summary>
    public static Task<string> EventsAsync(this ShopServer shop, string aggregateType, long id) => shop.ScalarAsync<string>($"""
        SELECT coalesce(string_agg(type || ' ' || sequence, ', ' ORDER BY sequence), '') FROM outbox
        WHERE aggregate_type = '{aggregateType}' AND aggregate_id = {id}
        """);

    /// <summary>Waits until a delivery of an aggregate's event stands so; the condition is SQL over outbox_deliveries.</summary>
    public static Task UntilDeliveryAsync(this ShopServer shop, long aggregateId, string condition, string consumer = "probe", long sequence = 1) =>
        Until.TrueAsync(
            () => shop.ScalarAsync<bool>($"""
                SELECT EXISTS (SELECT 1 FROM outbox_deliveries
                WHERE aggregate_id = {aggregateId} AND consumer = '{consumer}' AND sequence = {sequence} AND {condition})
                """),
            condition);

    /// <summary>Lets time pass, and the workers look at once.</summary>
    public static void Pass(this ShopServer shop, FakeClock clock, TimeSpan time)
    {
        clock.Advance(time);
        shop.Services.GetRequiredService<OutboxSignal>().Wake();
    }

    /// <summary>Starts a shop with a clock of the test's and these consumers.</summary>
    public static Task<ShopServer> StartAsync(FakeClock clock, params Probe[] probes) => ShopServer.StartAsync(services: services =>
    {
        services.AddSingleton<TimeProvider>(clock);
        foreach (var probe in probes)
        {
            probe.AddTo(services);
        }
    });

    /// <summary>Lists a product in somebody's name.</summary>
    public static async Task<long> ListAsync(this Actor seller) =>
        (await seller.PostAsync("/products", new { name = "Thing", price = 10, stock = 100 })).ShouldBe(201).Id;

    /// <summary>Runs a statement.</summary>
    public static async Task ExecuteAsync(this ShopServer shop, string sql)
    {
        await using var connection = TestCluster.Connect(shop.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = TestCluster.IsSqlServer ? BehindTheApi.OnSqlServer(sql) : sql;
        await command.ExecuteNonQueryAsync();
    }
}
