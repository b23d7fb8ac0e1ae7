using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Reports;

internal sealed class ReportFiles(ShopDbContext db) : IReportFiles
{
    /// <summary>Part by part, so that no connection is held while a slow client reads.</summary>
    public async IAsyncEnumerable<byte[]> ReadAsync(long reportId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var no = 0; await FindAsync(reportId, no, cancellationToken) is { } bytes; no++)
        {
            yield return bytes;
        }
    }

    private Task<byte[]?> FindAsync(long reportId, int no, CancellationToken cancellationToken) =>
        db.ReportChunks.Where(chunk => chunk.ReportId == reportId && chunk.No == no).Select(chunk => chunk.Bytes).FirstOrDefaultAsync(cancellationToken);
}
