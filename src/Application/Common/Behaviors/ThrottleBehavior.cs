using MediatR;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Common.Behaviors;

/// <summary>
/// Refuses to check a password after too many wrong ones. It stands before the unit of work, since a failure has to be counted although
/// the request that failed leaves nothing behind.
/// </summary>
internal sealed class ThrottleBehavior<TRequest, TResponse>(ISignInThrottle throttle, ICurrentUser caller) : IPipelineBehavior<TRequest, TResponse>
    where TResponse : IOutcome<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (request is not IChecksPassword guess)
        {
            return await next();
        }

        var account = guess.AccountOf(caller);
        if (await throttle.RefusalAsync(account, cancellationToken) is { } refusal)
        {
            return TResponse.Fail(refusal);
        }

        var response = await next();
        if (response.Error is { } error && UserErrors.IsWrongPassword(error))
        {
            await throttle.CountFailureAsync(account, cancellationToken);
        }

        return response;
    }
}
