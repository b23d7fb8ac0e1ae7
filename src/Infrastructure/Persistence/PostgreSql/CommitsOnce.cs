using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>Sends no commit after one that went with what was saved.</summary>
internal sealed class CommitsOnce : DbTransactionInterceptor
{
    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        new(eventData.Context is ShopDbContext { Commit: CommitState.Done } ? InterceptionResult.Suppress() : result);
}
