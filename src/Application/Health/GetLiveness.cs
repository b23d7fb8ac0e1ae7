using MediatR;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Application.Health;

/// <summary>Whether the process answers at all; asks nothing of the database.</summary>
[Access(Who.Anyone)]
public sealed record GetLiveness : IQuery<HealthAnswer>;

/// <summary>That all is well.</summary>
public sealed record HealthAnswer
{
    /// <summary>Always <c>ok</c>; anything else is a problem.</summary>
    public string Status { get; init; } = "ok";
}

internal sealed class GetLivenessHandler : IRequestHandler<GetLiveness, Result<HealthAnswer>>
{
    public Task<Result<HealthAnswer>> Handle(GetLiveness query, CancellationToken cancellationToken) =>
        Task.FromResult<Result<HealthAnswer>>(new HealthAnswer());
}
