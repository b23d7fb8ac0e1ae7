using System.Linq.Expressions;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.Paging;

/// <summary>Says in a database's words that a row comes after given keys.</summary>
internal interface IKeysetComparison
{
    /// <summary>Holds for rows that come after the keys in the sort order.</summary>
    /// <param name="sort">The sort keys; all ascending or all descending.</param>
    /// <param name="keys">The last row's keys.</param>
    Expression<Func<T, bool>> After<T>(IReadOnlyList<OrderExpression<T>> sort, IReadOnlyList<object> keys);
}

/// <summary>Makes parameters of keys, so that one query plan serves every page.</summary>
internal static class KeyParameter
{
    public static Expression Of(object key, Type type)
    {
        var holder = Activator.CreateInstance(typeof(Holder<>).MakeGenericType(type), key)!;
        return Expression.Property(Expression.Constant(holder), nameof(Holder<>.Value));
    }

    private sealed class Holder<T>(T value)
    {
        public T Value { get; } = value;
    }
}
