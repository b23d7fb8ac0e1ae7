using Shop.Application.Common;

namespace Shop.Application.UnitTests.Common;

public sealed class OptionalTests
{
    [Test]
    public void What_is_absent_leaves_what_stands()
    {
        Optional<string> absent = default;

        absent.IsGiven.ShouldBeFalse();
        absent.Or("stands").ShouldBe("stands");
    }

    [Test]
    public void What_is_given_wins_also_null()
    {
        Optional<string> name = "given";
        Optional<string> nothing = null;
        var number = new Optional<long?>(null);

        name.Or("stands").ShouldBe("given");
        nothing.IsGiven.ShouldBeTrue();
        nothing.Or("stands").ShouldBeNull();
        number.Or(5).ShouldBeNull();
    }

    [Test]
    public void Absent_and_null_are_not_the_same() => new Optional<string>(null).ShouldNotBe(default);
}
