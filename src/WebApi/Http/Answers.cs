using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.WebApi.Http.Caching;

namespace Shop.WebApi.Http;

/// <summary>200 with a body.</summary>
internal sealed class Found<T>(T value) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    public int? StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext) => Answer.WriteAsync(httpContext, StatusCodes.Status200OK, value);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
}

/// <summary>201 with a body and where it can be found again.</summary>
internal sealed class Made<T>(string location, T value) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    public int? StatusCode => StatusCodes.Status201Created;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.Location = location;
        return Answer.WriteAsync(httpContext, StatusCodes.Status201Created, value);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(T), ["application/json"]));
}

/// <summary>202 with a body: it is stored, its outcome is not known yet, and it can be looked at where the address says.</summary>
internal sealed class Underway<T>(string location, T value) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    public int? StatusCode => StatusCodes.Status202Accepted;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.Location = location;
        return Answer.WriteAsync(httpContext, StatusCodes.Status202Accepted, value);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status202Accepted, typeof(T), ["application/json"]));
}

/// <summary>200 with a page of a list: an array, and headers that lead on.</summary>
internal sealed class PageOf<T>(Page<T> page) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    public int? StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        if (page.NextCursor is { } cursor)
        {
            headers[PageHeaders.NextCursor] = cursor;
            headers.Link = $"<{NextUrl(httpContext.Request, cursor)}>; rel=\"next\"";
        }

        if (page.TotalCount is { } total)
        {
            headers[PageHeaders.TotalCount] = total.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return Answer.WriteAsync(httpContext, StatusCodes.Status200OK, page.Items);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(IReadOnlyList<T>), ["application/json"]));

    private static string NextUrl(HttpRequest request, string cursor)
    {
        var query = request.Query.Where(pair => pair.Key != "cursor").Append(new("cursor", cursor));
        return request.PathBase.Add(request.Path) + QueryString.Create(query);
    }
}

/// <summary>The headers of lists that have no name elsewhere.</summary>
internal static class PageHeaders
{
    public const string NextCursor = "X-Next-Cursor";

    public const string TotalCount = "X-Total-Count";
}

/// <summary>Writes bodies, with their <c>ETag</c> where they carry one.</summary>
internal static class Answer
{
    public static Task WriteAsync<T>(HttpContext context, int status, T value)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
        var tag = value is IVersioned versioned ? $"\"{versioned.VersionTag}-{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8))}\"" : null;
        if (status == StatusCodes.Status200OK)
        {
            context.Features.Get<AnswerKeeper>()?.Keep(context.Response, body, tag);
        }

        return WriteAsync(context, status, body, tag);
    }

    /// <summary>Writes a body that is JSON already, or 304 to who knows it.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The JSON.</param>
    /// <param name="tag">Its <c>ETag</c>, quoted; null for what has no version.</param>
    public static Task WriteAsync(HttpContext context, int status, byte[] body, string? tag)
    {
        if (tag is not null)
        {
            context.Response.Headers.ETag = tag;
            if (status == StatusCodes.Status200OK && HttpMethods.IsGet(context.Request.Method) && IsKnown(context.Request.Headers.IfNoneMatch, tag))
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>Weak comparison, as RFC 9110 wants it for If-None-Match.</summary>
    private static bool IsKnown(StringValues header, string tag) =>
        header.Count > 0 && header.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries))
            .Any(known => known == "*" || known == tag || (known.StartsWith("W/", StringComparison.Ordinal) && known[2..] == tag));
}
