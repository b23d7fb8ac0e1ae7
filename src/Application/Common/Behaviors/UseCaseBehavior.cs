using System.Reflection;
using MediatR;
using Shop.Domain.Common;

namespace Shop.Application.Common.Behaviors;

/// <summary>Notes which command is being handled.</summary>
internal sealed class UseCaseBehavior<TRequest, TResponse>(UseCase useCase) : IPipelineBehavior<TRequest, TResponse>
    where TResponse : IOutcome<TResponse>
{
    private static readonly PropertyInfo? Id = typeof(TRequest).GetProperty("Id", typeof(long));
    private static readonly string Area = typeof(TRequest).Namespace!.Split('.')[^1];

    private static readonly bool IsAdminsOwn =
        typeof(TRequest).GetCustomAttribute<AccessAttribute>()?.Who == Who.Admin && !typeof(TRequest).IsAssignableTo(typeof(IManagesTransactions));

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (request is ICommandMarker)
        {
            (useCase.Name, useCase.Area, useCase.IsAdminsOwn) = (typeof(TRequest).Name, Area, IsAdminsOwn);
            useCase.SubjectId = (long?)Id?.GetValue(request);
        }

        return next();
    }
}
