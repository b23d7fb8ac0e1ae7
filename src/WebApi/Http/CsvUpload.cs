using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Shop.Application.Catalog;
using Shop.Domain.Common;

namespace Shop.WebApi.Http;

/// <summary>A CSV file in a request, as it arrives: nothing is buffered.</summary>
internal static class CsvUpload
{
    private const int MaxBoundaryLength = 70;

    /// <summary>Hands the file on: the body itself, or the first file of a form.</summary>
    /// <returns>What was answered; null when there is no file in a form that is taken.</returns>
    public static async Task<Result<T>?> ReadAsync<T>(HttpRequest request, Func<Stream, Task<Result<T>>> read)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return null;
        }

        try
        {
            var file = type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase) && IsUtf8(type)
                ? request.Body
                : await FindFileAsync(request, type);
            return file is null ? (Result<T>?)null : await read(file);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException && !request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return BackfillErrors.Truncated;
        }
    }

    /// <summary>Describes the body, which the method reads by itself.</summary>
    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        static OpenApiSchema File() => new() { Type = JsonSchemaType.String, Format = "binary", Description = "The CSV." };

        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "A CSV in UTF-8 of any size.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["text/csv"] = new OpenApiMediaType { Schema = File() },
                ["multipart/form-data"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema> { ["file"] = File() } },
                },
            },
        };
        return Task.CompletedTask;
    }

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static async Task<Stream?> FindFileAsync(HttpRequest request, MediaTypeHeaderValue type)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) || boundary.Length is 0 or > MaxBoundaryLength)
        {
            return null;
        }

        var form = new MultipartReader(boundary.Value!, request.Body);
        while (await form.ReadNextSectionAsync(request.HttpContext.RequestAborted) is { } section)
        {
            if (section.GetContentDispositionHeader()?.IsFileDisposition() == true)
            {
                return section.Body;
            }
        }

        return null;
    }
}
