using FluentValidation;
using Shop.Application.Common;
using Shop.Application.Common.Behaviors;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;

namespace Shop.Application.UnitTests.Common.Behaviors;

public sealed class ValidationBehaviorTests
{
    [Test]
    public async Task A_valid_request_goes_on()
    {
        var outcome = await Handle(new Ask { Limit = 20, FirstName = "x" }, new NameRules());

        outcome.Value.ShouldBe("handled");
    }

    [Test]
    public async Task A_request_without_validators_goes_on() => (await Handle(new Ask { Limit = 20 })).Value.ShouldBe("handled");

    [Test]
    public async Task All_fields_at_fault_are_named_at_once_and_the_handler_is_not_reached()
    {
        var outcome = await Handle(new Ask { Limit = 0 }, new NameRules(), new OtherNameRules());

        outcome.Error!.Kind.ShouldBe(ErrorKind.Invalid);
        outcome.Error.Code.ShouldBe("validation_failed");
        outcome.Error.Fields!.Keys.ShouldBe(["first_name", "limit"]);
        outcome.Error.Fields["first_name"].ShouldBe(["Give a name.", "Give another name."]);
    }

    [TestCase(-1, false)]
    [TestCase(0, false)]
    [TestCase(1, true)]
    [TestCase(100, true)]
    [TestCase(101, false)]
    public async Task Every_paged_request_has_its_limit_checked(int limit, bool valid) =>
        (await Handle(new Ask { Limit = limit })).IsFailure.ShouldBe(!valid);

    private static async Task<Result<string>> Handle(Ask request, params IValidator<Ask>[] validators)
    {
        var reached = false;
        var outcome = await new ValidationBehavior<Ask, Result<string>>(validators).Handle(request, default, () =>
        {
            reached = true;
            return Task.FromResult(Result<string>.From("handled"));
        });
        reached.ShouldBe(!outcome.IsFailure);
        return outcome;
    }

    public sealed record Ask : IQuery<string>, IPaged
    {
        public int Limit { get; init; }

        public string? FirstName { get; init; }

        public PageRequest Page => new(Limit, null, false, "");
    }

    private sealed class NameRules : AbstractValidator<Ask>
    {
        public NameRules() => RuleFor(ask => ask.FirstName).NotNull().WithMessage("Give a name.");
    }

    private sealed class OtherNameRules : AbstractValidator<Ask>
    {
        public OtherNameRules()
        {
            RuleFor(ask => ask.FirstName).NotNull().WithMessage("Give a name.");
            RuleFor(ask => ask.FirstName).NotNull().WithMessage("Give another name.");
        }
    }
}
