using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Application.Health;

/// <summary>Whether requests can be served: the database answers and has every migration.</summary>
[Access(Who.Anyone)]
public sealed record GetReadiness : IQuery<HealthAnswer>;

internal sealed class GetReadinessHandler(IDatabaseHealth database) : IRequestHandler<GetReadiness, Result<HealthAnswer>>
{
    private static readonly Error NotReady = new(
        ErrorKind.Unavailable, "not_ready", "The database can't be reached or is not up to date; start it, or run the migrations.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    public async Task<Result<HealthAnswer>> Handle(GetReadiness query, CancellationToken cancellationToken) =>
        await database.IsReadyAsync(cancellationToken) ? new HealthAnswer() : NotReady;
}
