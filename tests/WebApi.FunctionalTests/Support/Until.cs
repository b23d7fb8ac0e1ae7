using System.Diagnostics;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>Waits for the thing itself.</summary>
internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Looks until it is so.</summary>
    public static async Task TrueAsync(Func<Task<bool>> isSo, string? what = null)
    {
        for (var waited = Stopwatch.StartNew(); !await isSo();)
        {
            waited.Elapsed.ShouldBeLessThan(Patience, what);
            await Task.Delay(10);
        }
    }
}
