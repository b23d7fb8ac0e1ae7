using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.WebApi.Http;
using Shop.WebApi.Http.Idempotency;

namespace Shop.WebApi.OpenApi;

/// <summary>Describes each operation by what its route and its request say: nothing is said twice.</summary>
internal sealed class OperationRules(XmlDocs docs) : IOpenApiOperationTransformer
{
    private static readonly Dictionary<string, string> CommonParameters = new()
    {
        ["limit"] = "How many at most.",
        ["cursor"] = "Where the page begins: the `X-Next-Cursor` of the page before. It is bound to filters and sort, not to `limit`.",
        ["count"] = "Whether to count all in `X-Total-Count`.",
        ["id"] = "Its id.",
        [CartToken.Header] = "The token of a guest's cart.",
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var endpoint = new EndpointFacts(context.Description.ActionDescriptor.EndpointMetadata);
        operation.OperationId = endpoint.OperationId;
        if (endpoint.Find<FileBodyAttribute>() is { } file)
        {
            operation.RequestBody = FileBody.Describe(file);
        }

        Summarize(operation, endpoint.Request is null ? null : docs.Of(endpoint.Request));
        DescribeParameters(operation, endpoint.Request);
        AddHeaders(operation, endpoint);
        DescribeAnswers(operation, endpoint);
        operation.Responses ??= [];
        foreach (var status in Refusals.Of(operation, endpoint).Distinct().Order(StringComparer.Ordinal))
        {
            operation.Responses[status] = new OpenApiResponseReference(Refusals.All[status].Name, context.Document);
        }

        var bearer = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ShopDocument.Bearer, context.Document)] = [] };
        operation.Security = endpoint.Access switch
        {
            null or Who.Anyone => [],
            Who.Guest => [[], bearer],
            _ => [bearer],
        };
        return Task.CompletedTask;
    }

    private static void Summarize(OpenApiOperation operation, string? text)
    {
        var end = text?.IndexOf(". ", StringComparison.Ordinal) ?? -1;
        operation.Summary = end < 0 ? text?.TrimEnd('.') : text![..end];
        operation.Description = text;
    }

    private void DescribeParameters(OpenApiOperation operation, Type? request)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            var name = parameter.Name!;
            var property = request?.GetProperties().FirstOrDefault(each => JsonNamingPolicy.SnakeCaseLower.ConvertName(each.Name) == name);
            parameter.Description = (property is null ? null : docs.Of(property)) ?? CommonParameters.GetValueOrDefault(name);
            if (parameter is { Name: "limit", Schema: OpenApiSchema limit })
            {
                (limit.Minimum, limit.Maximum, limit.Default) = ("1", $"{PageRequest.MaxLimit}", PageRequest.DefaultLimit);
            }
        }
    }

    private static void AddHeaders(OpenApiOperation operation, EndpointFacts endpoint)
    {
        if (endpoint.Binds<IfMatch>())
        {
            Add(operation, "If-Match", "The `ETag` of what the caller has seen; 412 when it is another by now.", maxLength: null);
        }

        if (endpoint.Find<IdempotentAttribute>() is not null)
        {
            Add(operation, IdempotencyHeader.Name, "Makes it safe to send the request again: the same key gets the first answer for 24 hours.", IdempotencyHeader.MaxLength);
        }

        if (IsVersioned(endpoint.AnswerOf(typeof(Found<>))) && !endpoint.IsCommand)
        {
            Add(operation, "If-None-Match", "The `ETag` that the caller has; 304 when it is still the same.", maxLength: null);
        }
    }

    private static void Add(OpenApiOperation operation, string header, string description, int? maxLength)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = header,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = maxLength },
        });
    }

    private static void DescribeAnswers(OpenApiOperation operation, EndpointFacts endpoint)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            var answer = (OpenApiResponse)response;
            var headers = answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
            if (status == "201")
            {
                headers["Location"] = Header("Where it can be found again.");
                if (endpoint.Access == Who.Guest)
                {
                    headers[CartToken.Header] = Header("The token of a guest's new cart; keep it and send it along.");
                }
            }

            if (IsVersioned(endpoint.AnswerOf(status == "201" ? typeof(Made<>) : typeof(Found<>))))
            {
                headers["ETag"] = Header("Its version, for `If-Match` and `If-None-Match`.");
            }

            if (endpoint.AnswerOf(typeof(PageOf<>)) is not null)
            {
                headers["Link"] = Header("The address of the next page, `rel=\"next\"`; absent on the last.");
                headers["X-Next-Cursor"] = Header("The `cursor` of the next page; absent on the last.");
                headers["X-Total-Count"] = Header("How many there are in all, with `count=true`.", JsonSchemaType.Integer);
            }

            if (endpoint.Find<IdempotentAttribute>() is not null)
            {
                headers[IdempotencyHeader.Replayed] = Header("`true` when this is the first answer again.");
            }
        }

        if (IsVersioned(endpoint.AnswerOf(typeof(Found<>))) && !endpoint.IsCommand)
        {
            operation.Responses!["304"] = new OpenApiResponse { Description = "Nothing has changed since `If-None-Match`." };
        }
    }

    private static OpenApiHeader Header(string description, JsonSchemaType type = JsonSchemaType.String) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = type } };

    private static bool IsVersioned(Type? answer) => answer?.IsAssignableTo(typeof(IVersioned)) == true;
}
