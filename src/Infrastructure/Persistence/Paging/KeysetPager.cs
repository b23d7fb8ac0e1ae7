using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.Paging;

/// <summary>
/// Reads lists page by page through their sort keys (keyset pagination, Markus Winand, use-the-index-luke.com/no-offset): the next page
/// begins after the last row's keys, so its cost does not grow with its number, and rows that come or go move no other row.
/// </summary>
internal sealed class KeysetPager(CursorProtector cursors, IKeysetComparison comparison, AutoMapper.IConfigurationProvider mapping)
{
    /// <summary>Marks the statements of lists, whose best plan depends on the values in them.</summary>
    public const string Tag = "page";

    public async Task<Result<Page<TAnswer>>> GetAsync<T, TAnswer>(
        IQueryable<T> rows, ISpecification<T> specification, PageRequest page, CancellationToken cancellationToken)
        where T : class
        where TAnswer : class
    {
        var sort = specification.OrderExpressions;
        rows = rows.TagWith(Tag);
        var from = rows;
        if (page.Cursor is not null)
        {
            if (cursors.Read(page.Cursor, page.Scope, [.. sort.Select(key => key.KeySelector.ReturnType)]) is not { } keys)
            {
                return CursorProtector.Invalid;
            }

            from = rows.Where(comparison.After(sort, keys));
        }

        var found = await from.Sort(specification).Take(page.Limit + 1).Select(Project<T, TAnswer>(sort)).ToListAsync(cancellationToken);
        var next = found.Count > page.Limit ? cursors.Write(found[page.Limit - 1].Keys, page.Scope) : null;
        long? total = page.Count ? await rows.LongCountAsync(cancellationToken) : null;
        return new Page<TAnswer>([.. found.Take(page.Limit).Select(row => row.Answer)], next, total);
    }

    private Expression<Func<T, Row<TAnswer>>> Project<T, TAnswer>(IReadOnlyList<OrderExpression<T>> sort)
        where TAnswer : class
    {
        var answer = mapping.ExpressionBuilder.GetMapExpression(typeof(T), typeof(TAnswer), new Dictionary<string, object>(), []).Single();
        var row = answer.Parameters.Single();
        var keys = sort.Select(key => (Expression)Expression.Convert(Rebind.Body(key.KeySelector, row), typeof(object)));
        return Expression.Lambda<Func<T, Row<TAnswer>>>(
            Expression.MemberInit(
                Expression.New(typeof(Row<TAnswer>)),
                Expression.Bind(typeof(Row<TAnswer>).GetProperty(nameof(Row<TAnswer>.Answer))!, answer.Body),
                Expression.Bind(typeof(Row<TAnswer>).GetProperty(nameof(Row<TAnswer>.Keys))!, Expression.NewArrayInit(typeof(object), keys))),
            row);
    }

    private sealed class Row<TAnswer>
    {
        public TAnswer Answer { get; init; } = default!;

        public object[] Keys { get; init; } = [];
    }
}

/// <summary>Replaces a lambda's parameter.</summary>
internal sealed class Rebind(ParameterExpression from, Expression to) : ExpressionVisitor
{
    public static Expression Body(LambdaExpression lambda, Expression argument) =>
        new Rebind(lambda.Parameters.Single(), argument).Visit(lambda.Body);

    protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
}
