using Microsoft.Extensions.Logging;
using Shop.Application.Common.Behaviors;
using Shop.Application.Users;
using Shop.Domain.Common;

namespace Shop.Application.UnitTests.Common.Behaviors;

public sealed class LoggingBehaviorTests
{
    private static readonly SignIn Request = new() { Login = "anna@example.org", Password = "correct horse" };

    [Test]
    public async Task A_refusal_is_logged_by_name_and_code_and_tells_no_contents()
    {
        var log = new RecordingLog();
        var refusal = new Error(ErrorKind.Unauthenticated, "wrong_credentials", "anna@example.org gave 'correct horse'.");

        await new LoggingBehavior<SignIn, Result<string>>(log).Handle(Request, default, () => Task.FromResult(Result<string>.Fail(refusal)));

        var (level, line) = log.Lines.ShouldHaveSingleItem();
        level.ShouldBe(LogLevel.Information);
        line.ShouldContain("SignIn");
        line.ShouldContain("wrong_credentials");
        line.ShouldNotContain("anna");
        line.ShouldNotContain("horse");
    }

    [Test]
    public async Task A_success_is_logged_for_developers_alone_and_tells_no_contents()
    {
        var log = new RecordingLog();

        await new LoggingBehavior<SignIn, Result<string>>(log).Handle(Request, default, () => Task.FromResult(Result<string>.From("the-token")));

        var (level, line) = log.Lines.ShouldHaveSingleItem();
        level.ShouldBe(LogLevel.Debug);
        line.ShouldContain("SignIn");
        line.ShouldNotContain("anna");
        line.ShouldNotContain("horse");
        line.ShouldNotContain("the-token");
    }

    private sealed class RecordingLog : ILogger<LoggingBehavior<SignIn, Result<string>>>
    {
        public List<(LogLevel Level, string Line)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        /// <summary>Keeps the values too, which a structured log stores beside the line.</summary>
        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((logLevel, $"{formatter(state, exception)} {string.Join(' ', (IEnumerable<KeyValuePair<string, object?>>)state!)}"));
    }
}
