using Shop.Architecture.Tests.Support;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>
/// What is sent to a SQL Server by classes with queries or statements of their own, built by the real code, against what was read and
/// approved: the files in <c>Statements</c>.
/// </summary>
[Parallelizable(ParallelScope.Children)]
public sealed class StatementTests
{
    private static readonly string Approved = Path.Combine(Layers.Root, "tests", "Architecture.Tests", "SqlServer", "Statements");
    private static readonly string Built = Path.Combine(Layers.Root, "artifacts", "statements");

    private static IEnumerable<TestCaseData<string>> Owners => Scenarios.Of.Keys.Select(owner => new TestCaseData<string>(owner.FullName!).SetArgDisplayNames(owner.Name));

    [TestCaseSource(nameof(Owners))]
    public async Task Statements_are_those_that_were_approved(string owner)
    {
        var type = Scenarios.Of.Keys.Single(each => each.FullName == owner);
        var text = await Scenarios.RecordAsync(type);
        var (file, built) = (Path.Combine(Approved, type.Name + ".sql"), Path.Combine(Built, type.Name + ".sql"));
        Directory.CreateDirectory(Built);
        await File.WriteAllTextAsync(built, text);

        TSql.Refused(text).ShouldBeEmpty();
        Differences(File.Exists(file) ? await File.ReadAllTextAsync(file) : "", text)
            .ShouldBeEmpty($"The T-SQL of {type.Name} has changed. Read it in {built}; if it is right, copy it to {file}.");
    }

    [Test]
    public void Every_approved_file_belongs_to_a_class() =>
        Directory.EnumerateFiles(Approved).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(Scenarios.Of.Keys.Select(owner => owner.Name + ".sql").Order(StringComparer.Ordinal));

    /// <summary>The first lines that differ.</summary>
    private static IEnumerable<string> Differences(string approved, string built)
    {
        var (before, after) = (approved.ReplaceLineEndings("\n").Split('\n'), built.Split('\n'));
        return Enumerable.Range(0, Math.Max(before.Length, after.Length))
            .Where(line => before.ElementAtOrDefault(line) != after.ElementAtOrDefault(line))
            .Take(3)
            .Select(line => $"line {line + 1} was \"{before.ElementAtOrDefault(line)}\" and is \"{after.ElementAtOrDefault(line)}\"");
    }
}
