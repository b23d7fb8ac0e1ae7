using Npgsql;
using Shop.TestKit;

namespace Shop.Infrastructure.IntegrationTests.LocalDatabase;

[Parallelizable]
public sealed class TestClusterTests
{
    [Test]
    public async Task Databases_are_apart_from_each_other_and_can_be_dropped_while_in_use()
    {
        var (one, other) = (await TestCluster.CreateEmptyAsync(), await TestCluster.CreateEmptyAsync());
        await using var connection = new NpgsqlConnection(one);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand("CREATE TABLE here (id int)", connection);
        await create.ExecuteNonQueryAsync();

        (await HasTableAsync(one)).ShouldBeTrue();
        (await HasTableAsync(other)).ShouldBeFalse();

        await TestCluster.DropAsync(one);
        await TestCluster.DropAsync(other);
        await Should.ThrowAsync<PostgresException>(() => HasTableAsync(one));
    }

    private static async Task<bool> HasTableAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var find = new NpgsqlCommand("SELECT to_regclass('here') IS NOT NULL", connection);
        return (bool)(await find.ExecuteScalarAsync())!;
    }
}
