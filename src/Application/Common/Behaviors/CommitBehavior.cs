using MediatR;
using Shop.Application.Abstractions;
using Shop.Domain.Common;

namespace Shop.Application.Common.Behaviors;

/// <summary>Runs a command as one unit of work: saved once and only on success; a refusal leaves nothing behind.</summary>
internal sealed class CommitBehavior<TRequest, TResponse>(IUnitOfWork unitOfWork) : IPipelineBehavior<TRequest, TResponse>
    where TResponse : IOutcome<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        request is ICommandMarker and not IManagesTransactions
            ? unitOfWork.ExecuteAsync(() => next(), cancellationToken)
            : next();
}
