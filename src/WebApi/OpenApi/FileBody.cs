using Microsoft.OpenApi;

namespace Shop.WebApi.OpenApi;

/// <summary>Says that a route reads a file from the body, which it does by itself.</summary>
/// <param name="contentType">What the file is.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FileBodyAttribute(string contentType) : Attribute
{
    public string ContentType { get; } = contentType;
}

/// <summary>Files as bodies.</summary>
internal static class FileBody
{
    /// <summary>Describes a body that is a file of this content type.</summary>
    public static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder route, string contentType) =>
        route.WithMetadata(new FileBodyAttribute(contentType));

    /// <summary>The form stands in words: client generators choose badly between two content types.</summary>
    public static OpenApiRequestBody Describe(FileBodyAttribute file) => new()
    {
        Required = true,
        Description = "The file itself, or a `multipart/form-data` form that holds it.",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [file.ContentType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } },
        },
    };
}
