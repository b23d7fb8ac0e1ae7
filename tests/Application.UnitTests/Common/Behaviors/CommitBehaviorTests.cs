using Moq;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Behaviors;
using Shop.Domain.Common;

namespace Shop.Application.UnitTests.Common.Behaviors;

public sealed class CommitBehaviorTests
{
    private static readonly Error Refusal = new(ErrorKind.Conflict, "refused", "No.");

    [Test]
    public async Task A_command_runs_inside_one_unit_of_work()
    {
        var unitOfWork = new RecordingUnitOfWork();

        var outcome = await Handle(new ChangeIt(), unitOfWork, Result<int>.From(7));

        outcome.Value.ShouldBe(7);
        unitOfWork.Log.ShouldBe(["begin", "handled", "saved"]);
    }

    [Test]
    public async Task A_refused_command_is_not_saved()
    {
        var unitOfWork = new RecordingUnitOfWork();

        var outcome = await Handle(new ChangeIt(), unitOfWork, Refusal);

        outcome.Error.ShouldBe(Refusal);
        unitOfWork.Log.ShouldBe(["begin", "handled", "left"]);
    }

    [Test]
    public async Task What_the_database_refuses_is_the_answer()
    {
        var unitOfWork = new Mock<IUnitOfWork>();
        unitOfWork.Setup(each => each.ExecuteAsync(It.IsAny<Func<Task<Result<int>>>>(), It.IsAny<CancellationToken>())).ReturnsAsync(Refusal);

        var outcome = await new CommitBehavior<ChangeIt, Result<int>>(unitOfWork.Object)
            .Handle(new ChangeIt(), default, () => Task.FromResult(Result<int>.From(7)));

        outcome.Error.ShouldBe(Refusal);
    }

    [Test]
    public async Task A_query_opens_no_unit_of_work()
    {
        var unitOfWork = new Mock<IUnitOfWork>(MockBehavior.Strict);

        var outcome = await new CommitBehavior<AskIt, Result<int>>(unitOfWork.Object)
            .Handle(new AskIt(), default, () => Task.FromResult(Result<int>.From(7)));

        outcome.Value.ShouldBe(7);
    }

    [Test]
    public async Task A_command_that_manages_its_transactions_is_left_alone()
    {
        var unitOfWork = new Mock<IUnitOfWork>(MockBehavior.Strict);

        var outcome = await new CommitBehavior<ChangeItTwice, Result<int>>(unitOfWork.Object)
            .Handle(new ChangeItTwice(), default, () => Task.FromResult(Result<int>.From(7)));

        outcome.Value.ShouldBe(7);
    }

    private static Task<Result<int>> Handle(ChangeIt command, RecordingUnitOfWork unitOfWork, Result<int> outcome) =>
        new CommitBehavior<ChangeIt, Result<int>>(unitOfWork).Handle(command, default, () =>
        {
            unitOfWork.Log.Add("handled");
            return Task.FromResult(outcome);
        });

    public sealed record ChangeIt : ICommand<int>;

    public sealed record ChangeItTwice : ICommand<int>, IManagesTransactions;

    public sealed record AskIt : IQuery<int>;

    /// <summary>Keeps the contract of the real one: saves only what is not refused.</summary>
    private sealed class RecordingUnitOfWork : IUnitOfWork
    {
        public List<string> Log { get; } = [];

        public async Task<T> ExecuteAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken, bool repeatsSafely, bool goesOn)
            where T : IOutcome<T>
        {
            Log.Add("begin");
            var outcome = await work();
            Log.Add(outcome.Error is null ? "saved" : "left");
            return outcome;
        }
    }
}
