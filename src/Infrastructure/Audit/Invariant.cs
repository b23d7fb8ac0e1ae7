using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Audit;

/// <summary>Something that always holds in the books, whatever happened.</summary>
/// <param name="Name">What it is called, snake_case.</param>
/// <param name="Sentence">What holds.</param>
/// <param name="Subject">What breaks it, in the plural: <c>orders</c>.</param>
/// <param name="Offenders">
/// A query, in SQL that both databases understand, for the <c>id</c> of each of them that breaks it; none when it holds.
/// It may name <c>@yesterday</c>, the time a day ago.
/// </param>
internal sealed record Invariant(string Name, string Sentence, string Subject, Func<Dialect, string> Offenders)
{
    /// <summary>One whose query needs nothing that the two databases say differently.</summary>
    public Invariant(string name, string sentence, string subject, string offenders)
        : this(name, sentence, subject, _ => offenders)
    {
    }
}
