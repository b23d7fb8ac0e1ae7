using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;

namespace Shop.Application.Common.Behaviors;

/// <summary>Refuses a request whose shape is wrong, naming every field at fault at once.</summary>
internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
    where TResponse : IOutcome<TResponse>
{
    private static readonly PageRules PageRules = new();

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var failures = new List<ValidationFailure>();
        foreach (var validator in validators)
        {
            failures.AddRange(validator.Validate(request).Errors);
        }

        if (request is IPaged paged)
        {
            failures.AddRange(PageRules.Validate(paged).Errors);
        }

        return failures.Count == 0 ? next() : Task.FromResult(TResponse.Fail(ValidationErrors.From(failures)));
    }
}
