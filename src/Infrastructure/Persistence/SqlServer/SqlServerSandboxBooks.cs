using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Infrastructure.Payments.Sandbox;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>Looks first and writes then, one at a time by name: its insert knows no way to leave a row alone that is there.</summary>
internal sealed class SqlServerSandboxBooks(ShopDbContext db, IUnitOfWork unitOfWork, ILocks locks, TimeProvider clock) : ISandboxBooks
{
    public Task<SandboxPayment> AddAsync(SandboxPayment payment, CancellationToken cancellationToken) =>
        AloneAsync(payment.Key, async () =>
        {
            if (await db.SandboxPayments.SingleOrDefaultAsync(each => each.Key == payment.Key, cancellationToken) is { } known)
            {
                return known;
            }

            db.SandboxPayments.Add(payment);
            return payment;
        });

    public Task<SandboxMoved?> MoveAsync(SandboxCall call, CancellationToken cancellationToken) =>
        AloneAsync(call.Reference, async () =>
        {
            var rows = db.SandboxPayments.Where(each => each.Reference == call.Reference);
            var first = !await db.SandboxLedger.AnyAsync(each => each.Key == call.Key, cancellationToken);
            if (first)
            {
                var moved = await rows
                    .Where(each => each.Status == call.From && each.Refunded + call.Back <= each.Amount)
                    .ExecuteUpdateAsync(row => row.SetProperty(each => each.Status, call.To).SetProperty(each => each.Refunded, each => each.Refunded + call.Back), cancellationToken);
                if (moved == 0)
                {
                    return null;
                }
            }

            var payment = await rows.AsNoTracking().SingleAsync(cancellationToken);
            if (first)
            {
                db.SandboxLedger.Add(new SandboxEntry
                {
                    Key = call.Key,
                    Reference = call.Reference,
                    OrderId = payment.OrderId,
                    Move = call.Move,
                    Amount = call.Amount ?? payment.Amount,
                    CreatedAt = clock.GetUtcNow(),
                });
            }

            return new SandboxMoved(payment, first);
        });

    private async Task<T> AloneAsync<T>(string name, Func<Task<T>> work)
    {
        var done = await unitOfWork.ExecuteAsync(
            async () =>
            {
                await locks.TakeAsync($"sandbox:{name}", CancellationToken.None);
                return Result<T>.From(await work());
            },
            CancellationToken.None,
            repeatsSafely: true);
        return done.Value;
    }
}
