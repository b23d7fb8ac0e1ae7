using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Shop.Domain.Common;
using Shop.Infrastructure.Persistence.Paging;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>Compares rows as PostgreSQL does, <c>(a, b) &lt; (x, y)</c>, which one index range answers.</summary>
internal sealed class PostgreSqlKeysetComparison : IKeysetComparison
{
    public Expression<Func<T, bool>> After<T>(IReadOnlyList<OrderExpression<T>> sort, IReadOnlyList<object> keys)
    {
        var row = Expression.Parameter(typeof(T), "row");
        var left = sort.Select(key => Rebind.Body(key.KeySelector, row)).ToArray();
        var right = sort.Select((key, i) => KeyParameter.Of(keys[i], key.KeySelector.ReturnType)).ToArray();
        var method = sort[0].Descending ? nameof(NpgsqlDbFunctionsExtensions.LessThan) : nameof(NpgsqlDbFunctionsExtensions.GreaterThan);
        return Expression.Lambda<Func<T, bool>>(
            Expression.Call(
                typeof(NpgsqlDbFunctionsExtensions),
                method,
                null,
                Expression.Constant(EF.Functions),
                Expression.Convert(Tuple(left), typeof(ITuple)),
                Expression.Convert(Tuple(right), typeof(ITuple))),
            row);
    }

    private static MethodCallExpression Tuple(Expression[] parts) =>
        Expression.Call(typeof(ValueTuple), nameof(ValueTuple.Create), [.. parts.Select(part => part.Type)], parts);
}
