namespace Shop.WebApi.Endpoints;

/// <summary>
/// Maps this folder's routes as the framework does, except that the code which binds a request to a method is made when a route is first
/// asked for: made for all routes before the first answer, it is much of what the start compiles.
/// </summary>
internal static class LateBinding
{
    public static RouteHandlerBuilder MapGet(this IEndpointRouteBuilder routes, string pattern, Delegate method) => Map(routes, HttpMethods.Get, pattern, method);

    public static RouteHandlerBuilder MapPost(this IEndpointRouteBuilder routes, string pattern, Delegate method) => Map(routes, HttpMethods.Post, pattern, method);

    public static RouteHandlerBuilder MapPut(this IEndpointRouteBuilder routes, string pattern, Delegate method) => Map(routes, HttpMethods.Put, pattern, method);

    public static RouteHandlerBuilder MapPatch(this IEndpointRouteBuilder routes, string pattern, Delegate method) => Map(routes, HttpMethods.Patch, pattern, method);

    public static RouteHandlerBuilder MapDelete(this IEndpointRouteBuilder routes, string pattern, Delegate method) => Map(routes, HttpMethods.Delete, pattern, method);

    private static RouteHandlerBuilder Map(IEndpointRouteBuilder routes, string verb, string pattern, Delegate method) =>
        RouteHandlerServices.Map(routes, pattern, method, [verb], RequestDelegateFactory.InferMetadata, Late);

    /// <remarks>Of the facts only the metadata are kept: what was worked out beside them is kilobytes a route.</remarks>
    private static RequestDelegateResult Late(Delegate method, RequestDelegateFactoryOptions options, RequestDelegateMetadataResult? facts)
    {
        var metadata = facts?.EndpointMetadata ?? [];
        var bound = new Lazy<RequestDelegate>(() =>
            RequestDelegateFactory.Create(method, options, new RequestDelegateMetadataResult { EndpointMetadata = metadata }).RequestDelegate);
        return new RequestDelegateResult(http => bound.Value(http), metadata);
    }
}
