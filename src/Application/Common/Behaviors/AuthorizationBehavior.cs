using System.Reflection;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Common.Behaviors;

/// <summary>Refuses callers whom the request's <see cref="AccessAttribute"/> does not name.</summary>
internal sealed class AuthorizationBehavior<TRequest, TResponse>(ICurrentUser caller) : IPipelineBehavior<TRequest, TResponse>
    where TResponse : IOutcome<TResponse>
{
    private static readonly Who Who = typeof(TRequest).GetCustomAttribute<AccessAttribute>()?.Who
        ?? throw new InvalidOperationException($"{typeof(TRequest).Name} does not say who may send it; give it an [Access].");

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) => Who switch
    {
        Who.Anyone or Who.Guest => next(),
        _ when caller.Id is null => Task.FromResult(TResponse.Fail(UserErrors.NotSignedIn)),
        Who.Admin when !caller.IsAdmin => Task.FromResult(TResponse.Fail(UserErrors.AdminOnly)),
        _ => next(),
    };
}
