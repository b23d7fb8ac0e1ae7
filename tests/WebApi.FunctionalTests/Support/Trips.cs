using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Shop.Infrastructure.Persistence;
using Shop.Infrastructure.Persistence.PostgreSql;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>Every trip to PostgreSQL that a request waits for: <see cref="SentStatements"/>, and commits of their own, which the driver does not trace.</summary>
internal sealed class Trips : DbTransactionInterceptor, IDisposable
{
    private readonly SentStatements _sent = new();

    /// <summary>Lets a shop's transactions be counted.</summary>
    public void AddTo(IServiceCollection services) => services.ConfigureDbContext<PostgreSqlShopDbContext>(options => options.AddInterceptors(this));

    /// <inheritdoc cref="SentStatements.OfAsync" />
    public Task<IReadOnlyList<string>> OfAsync(Func<(string Name, string Value), Task> send) => _sent.OfAsync(send);

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not ShopDbContext { Commit: CommitState.Done })
        {
            _sent.Note(Activity.Current, "COMMIT");
        }

        return new(result);
    }

    public void Dispose() => _sent.Dispose();
}
