using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Shop.Bench.Machine;

namespace Shop.Bench.Load;

/// <summary>A request as wrk sends it.</summary>
internal sealed record WrkRequest(string Path, string? Body = null, string? Token = null, string? IfNoneMatch = null);

/// <summary>wrk: 32 connections, each sending one of the requests by chance.</summary>
internal sealed class Wrk(IReadOnlyList<WrkRequest> requests) : ILoad
{
    public const int Connections = 32;
    private const int Threads = 2;

    private const string Script = """
        local threads = 0
        function setup(thread) threads = threads + 1; thread:set("seed", threads) end
        function init(args)
          math.randomseed(seed * 7919 + os.time())
          requests = {}
          for line in io.lines("@REQUESTS@") do
            local path, body, token, tag = line:match("^(.-)\t(.-)\t(.-)\t(.-)$")
            local headers = {}
            for name, value in pairs(wrk.headers) do headers[name] = value end
            if body ~= "" then headers["Content-Type"] = "application/json" end
            if token ~= "" then headers["Authorization"] = "Bearer " .. token end
            if tag ~= "" then headers["If-None-Match"] = tag end
            requests[#requests + 1] = wrk.format(body ~= "" and "POST" or "GET", path, headers, body ~= "" and body or nil)
          end
        end
        function request() return requests[math.random(#requests)] end
        function done(summary, latency)
          local e = summary.errors
          io.write(string.format('RESULT {"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"refused":%d,"broken":%d}\n', summary.requests, summary.duration,
            latency:percentile(50), latency:percentile(99), e.status, e.connect + e.read + e.write + e.timeout))
        end
        """;

    private readonly string _script = Write(requests);

    public async Task<Round> RunAsync(Uri server, int seconds)
    {
        string[] arguments = [$"-t{Threads}", $"-c{Connections}", string.Create(CultureInfo.InvariantCulture, $"-d{seconds}s"), "-s", _script, server.OriginalString];
        using var process = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (output.Split('\n').FirstOrDefault(line => line.StartsWith("RESULT ", StringComparison.Ordinal)) is not { } line)
            throw new BenchException($"wrk failed: {output}{await errors}");

        using var result = JsonDocument.Parse(line["RESULT ".Length..]);
        long Number(string name) => result.RootElement.GetProperty(name).GetInt64();
        return new Round(Number("requests"), Number("microseconds") / 1e6, Number("p50") / 1e3, Number("p99") / 1e3, Number("refused"), Number("broken"));
    }

    private static string Write(IReadOnlyList<WrkRequest> requests)
    {
        var file = Path.Combine(Workplace.Folder, $"wrk-{Guid.NewGuid():N}");
        File.WriteAllLines(file + ".requests", requests.Select(each => $"{each.Path}\t{each.Body}\t{each.Token}\t{each.IfNoneMatch}"));
        File.WriteAllText(file + ".lua", Script.Replace("@REQUESTS@", file + ".requests", StringComparison.Ordinal));
        return file + ".lua";
    }
}
