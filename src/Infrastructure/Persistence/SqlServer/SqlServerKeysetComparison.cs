using System.Linq.Expressions;
using Shop.Domain.Common;
using Shop.Infrastructure.Persistence.Paging;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Spells the comparison of rows out, since SQL Server has none:
/// <c>a &lt;= x AND (a &lt; x OR (a = x AND b &lt; y))</c>. The first part is what an index range answers.
/// </summary>
internal sealed class SqlServerKeysetComparison : IKeysetComparison
{
    public Expression<Func<T, bool>> After<T>(IReadOnlyList<OrderExpression<T>> sort, IReadOnlyList<object> keys)
    {
        var row = Expression.Parameter(typeof(T), "row");
        Expression? after = null;
        for (var i = sort.Count - 1; i >= 0; i--)
        {
            var left = Rebind.Body(sort[i].KeySelector, row);
            var right = KeyParameter.Of(keys[i], left.Type);
            var beyond = Compare(left, right, sort[i].Descending, orEqual: false);
            after = after is null ? beyond : Expression.OrElse(beyond, Expression.AndAlso(Expression.Equal(left, right), after));
            if (i == 0 && sort.Count > 1)
            {
                after = Expression.AndAlso(Compare(left, right, sort[i].Descending, orEqual: true), after);
            }
        }

        return Expression.Lambda<Func<T, bool>>(after!, row);
    }

    private static BinaryExpression Compare(Expression left, Expression right, bool descending, bool orEqual)
    {
        if (left.Type == typeof(string))
        {
            left = Expression.Call(typeof(string), nameof(string.Compare), null, left, right);
            right = Expression.Constant(0);
        }

        return (descending, orEqual) switch
        {
            (true, false) => Expression.LessThan(left, right),
            (true, true) => Expression.LessThanOrEqual(left, right),
            (false, false) => Expression.GreaterThan(left, right),
            (false, true) => Expression.GreaterThanOrEqual(left, right),
        };
    }
}
