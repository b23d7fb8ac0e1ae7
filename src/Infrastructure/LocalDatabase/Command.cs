using System.Diagnostics;

namespace Shop.Infrastructure.LocalDatabase;

/// <summary>Runs programs to their end.</summary>
internal static class Command
{
    /// <summary>Runs a program in the root folder and returns its exit code and all that it wrote.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> line, CancellationToken ct)
    {
        using var process = Start(line, captured: true);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return (process.ExitCode, (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Starts a program without the shop's environment, which may hold secrets of payment providers and the like.</summary>
    public static Process Start(IEnumerable<string> line, bool captured)
    {
        var words = line.ToArray();
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = captured,
            RedirectStandardError = captured,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = SearchPath;
        start.Environment["LC_ALL"] = "C";
        return Process.Start(start)!;
    }

    /// <summary>The full path of a program, or null when it is not installed.</summary>
    public static string? Find(string program) =>
        SearchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    public static string SearchPath { get; } =
        string.Join(Path.PathSeparator, Environment.GetEnvironmentVariable("PATH"), "/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin");
}
