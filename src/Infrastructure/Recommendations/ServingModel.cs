using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Recommendations;

/// <summary>
/// The model that this node answers by: the stored one that is newest, whichever node trained it. Who asks looks for a newer one every few
/// seconds, so that a shop that nobody asks does no work; while one loads it, the others are answered by the model before.
/// </summary>
internal sealed partial class ServingModel(TimeProvider clock, ILogger<ServingModel> log) : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly Lock _swap = new();
    private volatile Served _served = new(0, null);
    private volatile bool _hasLooked;
    private long _lookedAt;

    /// <summary>The model; null before the first training.</summary>
    /// <param name="db">Where models are stored.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RecommenderModel?> GetAsync(ShopDbContext db, CancellationToken cancellationToken)
    {
        if (!IsTimeToLook() || !await _gate.WaitAsync(_hasLooked ? 0 : Timeout.Infinite, cancellationToken))
        {
            return _served.Model;
        }

        try
        {
            if (IsTimeToLook())
            {
                await LookAsync(db, cancellationToken);
            }

            return _served.Model;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Answers by a model from now on, unless a newer one is served already.</summary>
    /// <param name="id">Of the stored model.</param>
    /// <param name="model">The model; null for none that could be read.</param>
    public void Swap(long id, RecommenderModel? model)
    {
        lock (_swap)
        {
            _served = id > _served.Id ? new Served(id, model) : _served;
        }
    }

    public void Dispose() => _gate.Dispose();

    private bool IsTimeToLook() => !_hasLooked || clock.GetElapsedTime(Volatile.Read(ref _lookedAt)) >= LookInterval;

    private async Task LookAsync(ShopDbContext db, CancellationToken cancellationToken)
    {
        var newest = await db.RecommenderModels.MaxAsync(stored => (long?)stored.Id, cancellationToken) ?? 0;
        if (newest > _served.Id)
        {
            var content = await db.RecommenderModels
                .Where(stored => stored.Id == newest)
                .Select(stored => stored.Content)
                .SingleOrDefaultAsync(cancellationToken);
            if (content is null)
            {
                return; // a training has replaced it just now; the next who asks finds the new one
            }

            Swap(newest, Read(content));
        }

        Volatile.Write(ref _lookedAt, clock.GetTimestamp());
        _hasLooked = true;
    }

    /// <summary>A model that another version wrote, or that is damaged, is as good as none until the next training.</summary>
    private RecommenderModel? Read(byte[] content)
    {
        try
        {
            return ModelFile.Read(content);
        }
        catch (InvalidDataException exception)
        {
            LogUnreadable(exception.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Popular products are recommended to everybody: {Reason}")]
    private partial void LogUnreadable(string reason);

    private sealed record Served(long Id, RecommenderModel? Model);
}
