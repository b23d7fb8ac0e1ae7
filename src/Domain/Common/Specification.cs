using System.Linq.Expressions;

namespace Shop.Domain.Common;

/// <summary>A query over one aggregate, as data: what to select and in which order. The names are those of Ardalis.Specification.</summary>
/// <typeparam name="T">The aggregate.</typeparam>
public interface ISpecification<T>
{
    /// <summary>Conditions; all hold.</summary>
    IReadOnlyList<Expression<Func<T, bool>>> WhereExpressions { get; }

    /// <summary>Sort keys, the most significant first.</summary>
    IReadOnlyList<OrderExpression<T>> OrderExpressions { get; }

    /// <summary>Navigations to load with an aggregate that is about to change.</summary>
    IReadOnlyList<Expression<Func<T, object?>>> IncludeExpressions { get; }

    /// <summary>How many to return at most, or null for all.</summary>
    int? Take { get; }
}

/// <summary>One sort key.</summary>
/// <typeparam name="T">The aggregate.</typeparam>
/// <param name="KeySelector">The key; never null for any row.</param>
/// <param name="Descending">Largest first.</param>
public sealed record OrderExpression<T>(LambdaExpression KeySelector, bool Descending);

/// <inheritdoc />
public sealed class Specification<T> : ISpecification<T>
{
    private readonly List<Expression<Func<T, bool>>> _where = [];
    private readonly List<OrderExpression<T>> _order = [];
    private readonly List<Expression<Func<T, object?>>> _include = [];

    /// <summary>A query made by a builder.</summary>
    /// <param name="build">Says what the query selects.</param>
    public Specification(Action<SpecificationBuilder<T>> build) => build(new SpecificationBuilder<T>(this));

    /// <inheritdoc />
    public IReadOnlyList<Expression<Func<T, bool>>> WhereExpressions => _where;

    /// <inheritdoc />
    public IReadOnlyList<OrderExpression<T>> OrderExpressions => _order;

    /// <inheritdoc />
    public IReadOnlyList<Expression<Func<T, object?>>> IncludeExpressions => _include;

    /// <inheritdoc />
    public int? Take { get; internal set; }

    internal void Add(Expression<Func<T, bool>> condition) => _where.Add(condition);

    internal void Add(OrderExpression<T> key) => _order.Add(key);

    internal void Add(Expression<Func<T, object?>> navigation) => _include.Add(navigation);
}

/// <summary>Says what a specification selects.</summary>
/// <typeparam name="T">The aggregate.</typeparam>
public sealed class SpecificationBuilder<T>
{
    private readonly Specification<T> _specification;

    internal SpecificationBuilder(Specification<T> specification) => _specification = specification;

    /// <summary>Adds a condition.</summary>
    /// <param name="condition">What must hold.</param>
    public SpecificationBuilder<T> Where(Expression<Func<T, bool>> condition)
    {
        _specification.Add(condition);
        return this;
    }

    /// <summary>Adds a condition where it applies, such as for a filter that was given.</summary>
    /// <param name="applies">Whether to add it.</param>
    /// <param name="condition">What must hold.</param>
    public SpecificationBuilder<T> Where(bool applies, Expression<Func<T, bool>> condition) => applies ? Where(condition) : this;

    /// <summary>Adds the next sort key, smallest first.</summary>
    /// <param name="key">The key; never null for any row.</param>
    public SpecificationBuilder<T> OrderBy<TKey>(Expression<Func<T, TKey>> key)
    {
        _specification.Add(new OrderExpression<T>(key, Descending: false));
        return this;
    }

    /// <summary>Adds the next sort key, largest first.</summary>
    /// <param name="key">The key; never null for any row.</param>
    public SpecificationBuilder<T> OrderByDescending<TKey>(Expression<Func<T, TKey>> key)
    {
        _specification.Add(new OrderExpression<T>(key, Descending: true));
        return this;
    }

    /// <summary>Loads a navigation with the aggregate.</summary>
    /// <param name="navigation">The navigation.</param>
    public SpecificationBuilder<T> Include(Expression<Func<T, object?>> navigation)
    {
        _specification.Add(navigation);
        return this;
    }

    /// <summary>Limits how many rows come.</summary>
    /// <param name="count">At most so many.</param>
    public SpecificationBuilder<T> Take(int count)
    {
        _specification.Take = count;
        return this;
    }
}
