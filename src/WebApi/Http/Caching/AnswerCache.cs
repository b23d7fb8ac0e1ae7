using Microsoft.Extensions.Caching.Memory;
using Shop.Application.Abstractions;

namespace Shop.WebApi.Http.Caching;

/// <summary>Answers that show the catalog, by path and query, while nothing changes in what they show; bounded by the bytes they take.</summary>
internal sealed class AnswerCache(ICatalogFreshness freshness) : IDisposable
{
    private const long MaxBytes = 32 * 1024 * 1024;

    /// <summary>What an entry takes beside body and address, about.</summary>
    private const int EntryBytes = 640;

    private readonly MemoryCache _answers = new(new MemoryCacheOptions { SizeLimit = MaxBytes, CompactionPercentage = 0.2 });

    /// <summary>Finds an answer that is still true.</summary>
    /// <param name="address">Path and query, as they were sent.</param>
    public CachedAnswer? Find(string address) =>
        _answers.TryGetValue(address, out CachedAnswer? kept) && freshness.Holds(kept!.Stamp) ? kept : null;

    /// <summary>Keeps an answer, unless what it shows has changed while it was being made.</summary>
    /// <param name="address">Path and query, as they were sent.</param>
    /// <param name="answer">The answer.</param>
    public void Keep(string address, CachedAnswer answer)
    {
        if (freshness.Holds(answer.Stamp))
        {
            _answers.Set(address, answer, new MemoryCacheEntryOptions
            {
                Size = EntryBytes + answer.Body.Length + (sizeof(char) * address.Length),
                AbsoluteExpirationRelativeToNow = freshness.Lifetime,
            });
        }
    }

    public void Dispose() => _answers.Dispose();
}
