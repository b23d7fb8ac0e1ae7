using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence;

/// <summary>Turns specifications into queries.</summary>
internal static class SpecificationEvaluator
{
    /// <summary>Conditions, order, and limits.</summary>
    public static IQueryable<T> Apply<T>(this IQueryable<T> query, ISpecification<T> specification)
        where T : class
    {
        query = query.Filter(specification).Sort(specification);
        return specification.Take is { } take ? query.Take(take) : query;
    }

    /// <summary>Conditions alone.</summary>
    public static IQueryable<T> Filter<T>(this IQueryable<T> query, ISpecification<T> specification)
        where T : class =>
        specification.WhereExpressions.Aggregate(query, (filtered, condition) => filtered.Where(condition));

    /// <summary>Order alone.</summary>
    public static IQueryable<T> Sort<T>(this IQueryable<T> query, ISpecification<T> specification)
        where T : class
    {
        for (var i = 0; i < specification.OrderExpressions.Count; i++)
        {
            var key = specification.OrderExpressions[i];
            var method = (i == 0 ? "OrderBy" : "ThenBy") + (key.Descending ? "Descending" : "");
            query = query.Provider.CreateQuery<T>(Expression.Call(
                typeof(Queryable), method, [typeof(T), key.KeySelector.ReturnType], query.Expression, Expression.Quote(key.KeySelector)));
        }

        return query;
    }

    /// <summary>Navigations to load.</summary>
    public static IQueryable<T> Include<T>(this IQueryable<T> query, ISpecification<T> specification)
        where T : class =>
        specification.IncludeExpressions.Aggregate(query, (including, navigation) => including.Include(navigation));
}
