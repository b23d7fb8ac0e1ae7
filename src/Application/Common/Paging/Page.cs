using FluentValidation;

namespace Shop.Application.Common.Paging;

/// <summary>A list that is read page by page, by key.</summary>
/// <typeparam name="T">One element.</typeparam>
public interface IPagedQuery<T> : IQuery<Page<T>>, IPaged;

/// <summary>Anything that carries a page request.</summary>
public interface IPaged
{
    /// <summary>Which page.</summary>
    PageRequest Page { get; }
}

/// <summary>Which page of a list, and how much of it.</summary>
/// <param name="Limit">1 to <see cref="MaxLimit"/>.</param>
/// <param name="Cursor">Where the page begins: what the page before said, or null for the first.</param>
/// <param name="Count">Whether to count all elements, which costs.</param>
/// <param name="Scope">What the cursor is bound to: the list's path, filters and sort.</param>
public sealed record PageRequest(int Limit, string? Cursor, bool Count, string Scope)
{
    /// <summary>The most elements on a page.</summary>
    public const int MaxLimit = 100;

    /// <summary>The elements on a page unless said otherwise.</summary>
    public const int DefaultLimit = 20;
}

/// <summary>A page of a list.</summary>
/// <typeparam name="T">One element.</typeparam>
/// <param name="Items">The elements.</param>
/// <param name="NextCursor">Where the next page begins, or null when this is the last.</param>
/// <param name="TotalCount">How many elements there are in all, when asked for.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor, long? TotalCount);

/// <summary>The best of a ranking, best first: as many as were asked for, and no page after them.</summary>
/// <typeparam name="T">One element.</typeparam>
/// <param name="Items">The elements.</param>
public sealed record Best<T>(IReadOnlyList<T> Items);

/// <summary>A series over time, one element for each period of a range that its query bounds, so that it needs no pages.</summary>
/// <typeparam name="T">One element.</typeparam>
/// <param name="Items">The elements, in order of time.</param>
public sealed record Series<T>(IReadOnlyList<T> Items);

internal sealed class PageRules : AbstractValidator<IPaged>
{
    public PageRules()
    {
        RuleFor(query => query.Page.Limit).InclusiveBetween(1, PageRequest.MaxLimit).OverridePropertyName("Limit");
        RuleFor(query => query.Page.Cursor).MaximumLength(2_000).OverridePropertyName("Cursor");
    }
}
