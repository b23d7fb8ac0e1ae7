using System.IO.Compression;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.Backfill;

internal sealed class BackfillFiles(ShopSettings settings) : IBackfillFiles
{
    /// <summary>Lies beside the assemblies.</summary>
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "catalog.csv");

    public Result<Stream> OpenConfigured()
    {
        var path = settings.BackfillPath ?? Shipped;
        try
        {
            var file = File.OpenRead(path);
            return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return BackfillErrors.FileMissing(path);
        }
    }
}
