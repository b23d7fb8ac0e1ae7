using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Application.AuditLog;
using Shop.WebApi.Http;

namespace Shop.WebApi.Endpoints;

internal static class AuditLogEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGroup("/audit_log").WithTags("Audit").MapGet("/", ListAuditLog).Sends<ListAuditLog>();

    private static async Task<Results<PageOf<AuditEntryAnswer>, Problem>> ListAuditLog(
        [AsParameters] PageQuery page, [AsParameters] AuditQuery filter, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(
            new ListAuditLog
            {
                Page = page.ToRequest(),
                UserId = filter.UserId,
                SubjectType = filter.SubjectType,
                SubjectId = filter.SubjectId,
                From = filter.From,
                To = filter.To,
            },
            cancellationToken)).ToPage();
}

/// <summary>Which entries of the audit log.</summary>
internal sealed record AuditQuery
{
    /// <summary>Of whom; of all unless said.</summary>
    [FromQuery(Name = "user_id")]
    public long? UserId { get; init; }

    /// <summary>About what kind, such as <c>product</c>; about all unless said.</summary>
    [FromQuery(Name = "subject_type")]
    public string? SubjectType { get; init; }

    /// <summary>About which.</summary>
    [FromQuery(Name = "subject_id")]
    public long? SubjectId { get; init; }

    /// <summary>From when on, RFC 3339.</summary>
    [FromQuery(Name = "from")]
    public DateTimeOffset? From { get; init; }

    /// <summary>Before when, RFC 3339.</summary>
    [FromQuery(Name = "to")]
    public DateTimeOffset? To { get; init; }
}
