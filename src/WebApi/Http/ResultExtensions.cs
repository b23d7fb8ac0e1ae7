using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;

namespace Shop.WebApi.Http;

/// <summary>What a use case answered, as HTTP.</summary>
internal static class ResultExtensions
{
    public static Results<Found<T>, Problem> ToFound<T>(this Result<T> result) =>
        result.IsFailure ? new Problem(result.Error) : new Found<T>(result.Value);

    public static Results<Made<T>, Problem> ToMade<T>(this Result<T> result, Func<T, string> location) =>
        result.IsFailure ? new Problem(result.Error) : new Made<T>(location(result.Value), result.Value);

    public static Results<PageOf<T>, Problem> ToPage<T>(this Result<Page<T>> result) =>
        result.IsFailure ? new Problem(result.Error) : new PageOf<T>(result.Value);

    public static Results<Found<IReadOnlyList<T>>, Problem> ToFound<T>(this Result<Best<T>> result) =>
        result.IsFailure ? new Problem(result.Error) : new Found<IReadOnlyList<T>>(result.Value.Items);

    public static Results<Found<IReadOnlyList<T>>, Problem> ToFound<T>(this Result<Series<T>> result) =>
        result.IsFailure ? new Problem(result.Error) : new Found<IReadOnlyList<T>>(result.Value.Items);

    public static Results<NoContent, Problem> ToNoContent(this Result result) =>
        result.IsFailure ? new Problem(result.Error) : TypedResults.NoContent();

    /// <summary>Goes on with the next use case, unless this one refused.</summary>
    public static async Task<Result<TNext>> ThenAsync<T, TNext>(this Task<Result<T>> result, Func<T, Task<Result<TNext>>> next)
    {
        var done = await result;
        return done.IsFailure ? done.Error : await next(done.Value);
    }

    /// <summary>Goes on with the next use case, unless this one refused.</summary>
    public static async Task<Result<TNext>> ThenAsync<TNext>(this Task<Result> result, Func<Task<Result<TNext>>> next)
    {
        var done = await result;
        return done.IsFailure ? done.Error : await next();
    }

    /// <summary>Goes on with the next use case, unless this one refused.</summary>
    public static async Task<Result> ThenAsync(this Task<Result> result, Func<Task<Result>> next)
    {
        var done = await result;
        return done.IsFailure ? done : await next();
    }
}
