using System.Globalization;
using System.IO.Compression;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.Infrastructure;
using Shop.Infrastructure.Startup;

namespace Shop.WebApi.Startup;

/// <summary><c>./run backfill FILE</c>: loads a CSV, packed by gzip or not, without a shop being up.</summary>
internal static class BackfillVerb
{
    public static async Task<int> RunAsync(IServiceProvider services, string[] args)
    {
        if (args is not [_, var path])
        {
            throw new SettingException("Usage: ./run backfill FILE, where FILE is a CSV, or one packed as .gz");
        }

        await ShopDatabase.MigrateAsync(services, CancellationToken.None);
        await using var scope = services.CreateAsyncScope();
        var backfill = scope.ServiceProvider.GetRequiredService<IBackfill>();
        using var stop = new CancellationTokenSource();
        using var interrupt = new ConsoleInterrupt(stop);
        await using var file = Open(path);
        await using var content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        var progress = Console.IsErrorRedirected ? null : new ProgressBar(file);
        try
        {
            var loaded = await backfill.LoadAsync(content, dryRun: false, progress, stop.Token);
            progress?.Clear();
            if (loaded.IsFailure)
            {
                await Console.Error.WriteLineAsync(loaded.Error.Detail);
                return 1;
            }

            Print(loaded.Value);
            return 0;
        }
        catch (InvalidDataException)
        {
            progress?.Clear();
            await Console.Error.WriteLineAsync($"{path} is no whole gzip file; nothing was changed.");
            return 1;
        }
        catch (OperationCanceledException)
        {
            progress?.Clear();
            await Console.Error.WriteLineAsync("Interrupted; nothing was changed.");
            return 1;
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"There is no file that can be read at '{path}'.");
        }
    }

    private static void Print(BackfillReport report)
    {
        string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

        Console.WriteLine($"Rows      {Number(report.Rows)}: {Number(report.Loaded)} loaded, {Number(report.Skipped.Values.Sum())} skipped, {Number(report.Rejected)} rejected");
        foreach (var (reason, count) in report.Skipped)
        {
            Console.WriteLine($"Skipped   {Number(count)} {reason}");
        }

        Console.WriteLine($"In file   {Number(report.Products)} products, {Number(report.Customers)} customers, {Number(report.Orders)} orders, {Number(report.OrderLines)} order lines");
        Console.WriteLine($"In shop   {Number(report.Created)} created, {Number(report.Updated)} updated, {Number(report.Unchanged)} unchanged");
        foreach (var error in report.Errors)
        {
            Console.WriteLine($"Rejected  line {error.Line}, {error.Column}: {error.Message}");
        }
    }

    /// <summary>Ctrl+C ends the load instead of the process, so that the database hears of it at once.</summary>
    private sealed class ConsoleInterrupt : IDisposable
    {
        private readonly ConsoleCancelEventHandler _handler;

        public ConsoleInterrupt(CancellationTokenSource stop)
        {
            _handler = (_, key) =>
            {
                key.Cancel = true;
                stop.Cancel();
            };
            Console.CancelKeyPress += _handler;
        }

        public void Dispose() => Console.CancelKeyPress -= _handler;
    }

    /// <summary>How much of the file has been read, on standard error.</summary>
    private sealed class ProgressBar(FileStream file) : IProgress<long>
    {
        private const int Width = 30;

        private int _length;

        public void Report(long value)
        {
            var part = file.Length == 0 ? 1 : (double)file.Position / file.Length;
            var bar = new string('#', (int)(part * Width)).PadRight(Width, '.');
            var text = part < 1 ? "" : ", storing";
            var line = string.Create(CultureInfo.InvariantCulture, $"[{bar}] {part,4:P0} {value:N0} rows{text}");
            _length = Math.Max(_length, line.Length);
            Console.Error.Write("\r" + line);
        }

        public void Clear() => Console.Error.Write("\r" + new string(' ', _length) + "\r");
    }
}
