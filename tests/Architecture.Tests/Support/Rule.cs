namespace Shop.Architecture.Tests.Support;

/// <summary>A rule that a test holds everything of a kind to.</summary>
/// <param name="Broken">What is wrong with one; nothing when it keeps the rule.</param>
internal sealed record Rule<T>(Func<T, IEnumerable<string>> Broken)
    where T : notnull
{
    /// <summary>All keep the rule, there are some, and the rule is known to refuse a bad sample.</summary>
    public void ShouldHoldFor(IReadOnlyCollection<T> selected, params T[] badSamples)
    {
        selected.ShouldNotBeEmpty("The rule selects nothing, so it can't fail.");
        badSamples.ShouldNotBeEmpty("Without a bad sample nobody knows whether the rule refuses anything.");
        foreach (var bad in badSamples)
        {
            Broken(bad).ShouldNotBeEmpty($"{bad} breaks the rule and should be refused");
        }

        selected.SelectMany(each => Broken(each).Select(wrong => $"{each}: {wrong}")).ShouldBeEmpty();
    }
}
