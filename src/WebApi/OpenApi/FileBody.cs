using Microsoft.OpenApi;

namespace Shop.WebApi.OpenApi;

/// <summary>Says that a route reads a file from the body, which it does by itself.</summary>
/// <param name="contentTypes">What it takes: the file itself, or a form that holds it.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FileBodyAttribute(params string[] contentTypes) : Attribute
{
    public IReadOnlyList<string> ContentTypes { get; } = contentTypes;
}

/// <summary>Files as bodies.</summary>
internal static class FileBody
{
    private const string Form = "multipart/form-data";

    /// <summary>Describes a body that is a file of one of these content types.</summary>
    public static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder route, params string[] contentTypes) =>
        route.WithMetadata(new FileBodyAttribute(contentTypes));

    public static OpenApiRequestBody Describe(FileBodyAttribute file) => new()
    {
        Required = true,
        Content = file.ContentTypes.ToDictionary(type => type, type => new OpenApiMediaType { Schema = type == Form ? FormOf(Binary()) : Binary() }),
    };

    private static OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };

    private static OpenApiSchema FormOf(OpenApiSchema file) =>
        new() { Type = JsonSchemaType.Object, Required = new HashSet<string> { "file" }, Properties = new Dictionary<string, IOpenApiSchema> { ["file"] = file } };
}
